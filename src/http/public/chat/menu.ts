// The menu of the chat: a button and what it shows, closed by Escape or by going elsewhere.
import { button, iconButton, make, nameOf } from './dom';
import type { Parts } from './parts';

export interface MenuHost {
  readonly ticket: () => void;
  readonly human: () => void;
  readonly restart: () => void;
  readonly remove: () => Promise<void>;
  readonly language: (tag: string) => void;
}

const DOTS = 'M10 4.5v.01M10 10v.01M10 15.5v.01';

export class Menu {
  readonly element = make('div', 'menu');
  readonly dialog = make('dialog');
  private readonly toggle: HTMLButtonElement;
  private readonly list = make('div', 'menu-list');
  private readonly ticket: HTMLButtonElement;

  constructor(
    private readonly parts: Parts,
    host: MenuHost,
  ) {
    const { say } = parts;
    this.toggle = iconButton(DOTS, say('menu'), 'round', () => this.show(this.list.hidden === true));
    this.toggle.ariaExpanded = 'false';
    this.list.hidden = true;
    const item = (id: string, press: () => void): HTMLButtonElement =>
      button(say(id), 'item', () => {
        this.show(false);
        this.toggle.focus();
        press();
      });
    this.ticket = item('ticketSoFar', host.ticket);
    this.ticket.hidden = true;
    this.list.append(
      this.languages(host),
      this.ticket,
      item('human', host.human),
      item('restart', host.restart),
      item('delete', () => this.dialog.showModal()),
    );
    this.element.append(this.toggle, this.list);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.list.hidden) return;
      event.stopPropagation();
      this.show(false);
      this.toggle.focus();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.show(false);
    });
    this.buildDialog(host);
  }

  /** There is a ticket to show. */
  offersTicket(is: boolean): void {
    this.ticket.hidden = !is;
  }

  /** Closes it for a press elsewhere. */
  close(target: EventTarget | undefined): void {
    if (target instanceof Node && !this.element.contains(target)) this.show(false);
  }

  private show(is: boolean): void {
    this.list.hidden = !is;
    this.toggle.ariaExpanded = String(is);
    if (is) this.list.querySelector<HTMLElement>('select, button:not([hidden])')?.focus();
  }

  private languages({ language }: MenuHost): HTMLElement {
    const { say, texts } = this.parts;
    const select = make('select');
    for (const tag of texts.languages) {
      const option = make('option', '', nameOf(tag));
      option.value = tag;
      option.lang = tag;
      option.selected = tag === texts.language;
      select.append(option);
    }
    select.addEventListener('change', () => language(select.value));
    return make('label', 'item', make('span', '', say('language')), select);
  }

  private buildDialog({ remove }: MenuHost): void {
    const { say } = this.parts;
    const { dialog } = this;
    const text = make('p', '', say('deleteAsk'));
    text.id = 'ask';
    dialog.setAttribute('aria-labelledby', 'ask');
    const cancel = button(say('cancel'), 'second', () => dialog.close());
    const yes = button(say('deleteYes'), 'danger', () => {
      dialog.close();
      void remove();
    });
    dialog.append(text, make('div', 'row', cancel, yes));
  }
}
