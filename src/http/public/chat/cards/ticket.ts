// The ticket: fields to edit, how complete it is, what goes out, and the receipt once it is with support. One card, kept as the conversation goes on.
import type { Conversation } from '../api';
import { copyButton } from '../copy';
import { bar, button, make, scrollable } from '../dom';
import { asFailure, wordsOf } from '../failure';
import type { Parts } from '../parts';
import { markdown } from './markdown';

export interface TicketHost {
  readonly edit: (fields: Readonly<Record<string, string | null>>) => Promise<void>;
  readonly submit: () => Promise<void>;
}

/** Belongs to the time and is asked for beside it. */
const ZONE = 'timezone';
type Input = HTMLInputElement | HTMLSelectElement;
const STATES = ['is-missing', 'is-unknown', 'is-there'];

export class TicketCard {
  readonly element = make('div', 'ticket');
  private readonly meter = make('div', 'meter');
  private readonly form = make('div', 'fields');
  /** Shows what is known too: at first only what is missing takes room. */
  private readonly all: HTMLButtonElement;
  private readonly preview = make('details', 'preview');
  private readonly actions = make('div', 'row');
  private readonly note = make('p', 'note');
  private readonly rows = new Map<string, HTMLElement>();
  private drawn = '';

  constructor(
    private readonly parts: Parts,
    private readonly host: TicketHost,
  ) {
    // What changes in here is the person's own doing; the log has its lines.
    this.element.ariaLive = 'off';
    this.note.role = 'status';
    this.all = button(parts.say('showAll'), 'link', () => this.showAll());
    this.element.append(this.meter, this.form, this.all, this.preview, this.note, this.actions);
  }

  /** Shows the fields that are known, too, and goes to the first. */
  showAll(): void {
    this.form.classList.add('is-all');
    this.all.hidden = true;
    this.form.querySelector<HTMLElement>('input, select')?.focus({ preventScroll: true });
  }

  update(conversation: Conversation): void {
    const { draft, ticket, status, fields, missing, unknown } = conversation;
    const isSent = ticket !== null;
    const drawn = JSON.stringify([draft, ticket, status, fields, missing, unknown]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.form.hidden = isSent;
    if (isSent) this.all.hidden = true;
    if (isSent) this.showReceipt(conversation);
    else this.showFields(conversation);
    this.showPreview(conversation);
    this.actions.replaceChildren();
    const isFailed = ticket?.status === 'failed';
    if (isFailed || (!isSent && status !== 'closed')) this.actions.append(this.submitButton(isFailed));
    if (draft) this.actions.append(copyButton(`${draft.subject}\n\n${draft.body}`, this.parts, 'second'));
  }

  private showFields({ fields, missing, unknown }: Conversation): void {
    const { say, texts } = this.parts;
    const wanted = new Set(missing.map((key) => (key === ZONE ? 'timestamp' : key)));
    const keys = Object.keys(texts.fields).filter((key) => key in fields || wanted.has(key));
    const done = keys.filter((key) => !wanted.has(key)).length;
    const words = say('complete', { done, all: keys.length });
    this.meter.replaceChildren(make('p', 'small', words), bar(words, done, keys.length));
    for (const [key, row] of this.rows) {
      if (keys.includes(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    keys.forEach((key, i) => {
      const row = this.rows.get(key) ?? this.row(key, wanted.has(key));
      this.rows.set(key, row);
      if (this.form.children[i] !== row) this.form.insertBefore(row, this.form.children[i] ?? null);
      const input = row.querySelector<Input>('input, select');
      // What is being typed is not taken away.
      if (input && !input.matches(':focus')) input.value = fields[key] ?? '';
      const state = wanted.has(key) ? 'is-missing' : unknown.includes(key) ? 'is-unknown' : 'is-there';
      for (const each of STATES) row.classList.toggle(each, each === state);
      const said =
        state === 'is-missing'
          ? say(key in fields ? 'zoneMissing' : 'missing')
          : state === 'is-unknown'
            ? say('unknown')
            : '';
      row.querySelector('.state')?.replaceChildren(said);
    });
    this.all.hidden = this.form.matches('.is-all, :not(:has(.is-known))');
  }

  private row(key: string, isWanted: boolean): HTMLElement {
    const { texts } = this.parts;
    const { label = key, choices } = texts.fields[key] ?? {};
    const id = `field-${key}`;
    let input: Input;
    if (choices) {
      input = make('select', '', make('option'));
      for (const [value, words] of Object.entries(choices)) {
        const option = make('option', '', words);
        option.value = value;
        input.append(option);
      }
    } else {
      input = make('input');
      input.type = 'text';
      input.autocomplete = 'off';
      input.spellcheck = false;
      input.dir = 'auto';
    }
    input.id = id;
    input.setAttribute('aria-describedby', `${id}-state`);
    const name = make('label', '', label);
    name.htmlFor = id;
    const state = make('span', 'state');
    state.id = `${id}-state`;
    input.addEventListener('change', () => void this.save(key, input, state));
    return make('div', isWanted ? 'field' : 'field is-known', name, state, input);
  }

  private async save(key: string, input: Input, state: HTMLElement): Promise<void> {
    const { say, tell } = this.parts;
    input.ariaInvalid = null;
    try {
      await this.host.edit({ [key]: input.value.trim() });
      tell(say('saved'));
    } catch (error) {
      const failure = asFailure(error);
      if (failure.detail !== '') input.ariaInvalid = 'true';
      // The server names the field first; the person sees which it is.
      const words = failure.detail.replace(/^\w+:\s*/, '') || wordsOf(failure, say);
      state.replaceChildren(words);
      tell(words);
    }
  }

  private showPreview({ draft }: Conversation): void {
    if (!draft) return void (this.preview.hidden = true);
    const { say, rich } = this.parts;
    const body = scrollable(make('div', 'body', ...markdown(draft.body, say('draft'), this.parts)), say('draft'));
    const bar = make('summary', '', make('span', 'small', say('draft')), make('strong', '', rich(draft.subject)));
    this.preview.hidden = false;
    this.preview.replaceChildren(bar, body);
  }

  private submitButton(again: boolean): HTMLButtonElement {
    const { say } = this.parts;
    const made = button(say(again ? 'retry' : 'submit'), 'primary', () => {
      made.disabled = true;
      this.note.textContent = '';
      this.host.submit().catch((error: unknown) => {
        made.disabled = false;
        this.note.textContent = wordsOf(asFailure(error), say);
      });
    });
    return made;
  }

  private showReceipt({ ticket }: Conversation): void {
    if (!ticket) return;
    const { say } = this.parts;
    const row = (name: string, value: string): HTMLElement =>
      make('div', '', make('dt', '', name), make('dd', '', value));
    const state = { pending: 'ticketPending', delivered: 'ticketDelivered', failed: 'ticketFailed' }[ticket.status];
    const rows = [row(say('ticketNumber'), ticket.reference ?? ticket.id), row(say('ticketState'), say(state))];
    this.meter.replaceChildren(make('dl', `receipt is-${ticket.status}`, ...rows));
  }
}
