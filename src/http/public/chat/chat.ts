// The chat inside <preticket-chat>: builds the panel, and joins what the person does with the talk.
import { Api, type Conversation } from './api';
import STYLE from './chat.css';
import { Checklist } from './checklist';
import { Composer } from './composer';
import { icon, iconButton, make, nameOf } from './dom';
import { CROSS, SHIELD } from './drawings';
import { asFailure, type Failure, wordsOf } from './failure';
import { Log } from './log';
import { Menu } from './menu';
import type { Parts } from './parts';
import { Redaction } from './redaction';
import { createRich } from './rich';
import { ChatStorage } from './storage';
import { Talk } from './talk';
import { type ChatTexts, loadTexts, sayIn } from './texts';

export interface Mount {
  /** The element itself: where events go out. */
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Its drawing is the chat's own too. */
  readonly launcher: HTMLButtonElement;
  /** Adds a style sheet. */
  readonly adopt: (style: string) => void;
  /** `https://HOST` of the server. */
  readonly base: string;
  readonly language: string;
  readonly title: string;
}

/** What the loader moves. */
export interface Chat {
  update(language: string, title: string, isOpen: boolean): void;
  /** The element left the page. */
  pause(): void;
}

/** Rejects where the words cannot be had; the element then closes again. */
export async function mountChat(mount: Mount): Promise<Chat> {
  const { base } = mount;
  const texts = await loadTexts(base, mount.language);
  mount.adopt(STYLE);
  let panel: Panel | undefined = new Panel(mount, texts, mount.title);
  let wanted = mount.language;
  return {
    update(language, title, isOpen) {
      if (panel?.language === language) {
        wanted = language;
        return panel.update(title, isOpen);
      }
      if (wanted === language && panel) return;
      wanted = language;
      void loadTexts(base, language).then((words) => {
        if (wanted !== language) return;
        const typed = panel?.remove() ?? '';
        panel = new Panel(mount, words, title, typed);
        panel.update(title, isOpen);
      });
    },
    pause() {
      panel?.remove();
      panel = undefined;
      wanted = '';
    },
  };
}

class Panel {
  readonly language: string;
  private readonly element = make('section', 'panel');
  private readonly heading: HTMLHeadingElement;
  private readonly status = make('p', 'status');
  private readonly whisper = make('p', 'unseen');
  private readonly typing = make('div', 'typing');
  private readonly talk: Talk;
  private readonly log: Log;
  private readonly composer: Composer;
  private readonly checklist: Checklist;
  private readonly menu: Menu;
  private isOpen = false;
  private state: Conversation | undefined;

  constructor(
    private readonly mount: Mount,
    private readonly texts: ChatTexts,
    title: string,
    typed = '',
  ) {
    const say = sayIn(texts);
    this.language = texts.language;
    const parts: Parts = {
      texts,
      say,
      rich: createRich(texts.hosts),
      tell: (text) => (this.whisper.textContent = text),
    };
    const api = new Api(mount.base);
    const redaction = new Redaction(api);
    this.log = new Log(parts, {
      choose: ({ label }) => {
        this.talk.send(label, true);
        this.composer.focus();
      },
      retry: () => void this.talk.drain(),
      fresh: () => this.talk.fresh(),
      edit: (fields) => this.talk.edit(fields),
      submit: () => this.submit(),
    });
    this.talk = new Talk(
      api,
      new ChatStorage(mount.base),
      redaction,
      {
        waiting: (message, failure) => this.log.waiting(message, failure),
        sent: (message) => this.log.sent(message),
        returned: (message, failure) => {
          this.log.drop(message);
          this.composer.put(message.text);
          this.trouble(failure);
        },
        took: (lines, conversation, restored) => {
          // First what takes room above the log, then what is brought into view.
          this.checklist.update(conversation);
          this.log.took(lines, conversation, restored);
          if (restored && lines.length > 1) parts.tell(say('restored'));
          this.took(conversation);
        },
        trouble: (failure) => this.trouble(failure),
        typing: (is) => this.types(is),
        cleared: (why) => {
          this.log.clear(why === undefined ? undefined : say(why));
          this.state = undefined;
          this.checklist.element.hidden = true;
          this.menu.offersTicket(false);
        },
      },
      () => this.language,
    );
    this.composer = new Composer(parts, redaction, {
      send: (text, redacted, names) => this.talk.send(text, redacted, names),
    });
    this.checklist = new Checklist(parts);
    this.menu = new Menu(parts, {
      ticket: () => this.state && this.log.showTicket(this.state),
      human: () => {
        this.talk.send(say('humanMessage'), true);
        this.composer.focus();
      },
      restart: () => {
        this.talk.fresh();
        this.composer.focus();
      },
      remove: () => this.delete(),
      language: (tag) => this.choose(tag),
    });
    this.heading = make('h2', '', title);
    this.build(say);
    if (typed !== '') this.composer.put(typed);
    void this.talk.resume();
  }

  private build(say: Parts['say']): void {
    const { element, typing, status, whisper } = this;
    const isInline = this.mount.host.hasAttribute('inline');
    element.lang = this.language;
    element.hidden = true;
    element.classList.toggle('is-inline', isInline);
    element.role = isInline ? 'region' : 'dialog';
    element.setAttribute('aria-labelledby', 'title');
    this.heading.id = 'title';
    const words = make('div', 'names', this.heading, make('p', '', say('subtitle')));
    const close = iconButton(CROSS, say('close'), 'round', () => this.mount.host.removeAttribute('open'));
    close.hidden = isInline;
    const header = make(
      'header',
      '',
      make('span', 'mark', this.mount.launcher.querySelector('svg')?.cloneNode(true) ?? ''),
      words,
      this.menu.element,
      close,
    );
    typing.append(make('span', 'unseen', say('typing')), make('i'), make('i'), make('i'));
    typing.hidden = true;
    this.log.view.append(typing);
    status.role = 'status';
    whisper.role = 'status';
    const privacy = make('p', 'privacy', icon(SHIELD), make('span', '', say('privacy')));
    privacy.id = 'privacy';
    const drop = make('div', 'drop', make('p', '', say('drop')));
    drop.hidden = true;
    element.append(
      header,
      this.checklist.element,
      this.log.view,
      status,
      whisper,
      this.composer.element,
      privacy,
      drop,
      this.menu.dialog,
    );
    this.listen(drop, isInline);
    this.mount.root.append(element);
  }

  private listen(drop: HTMLElement, isInline: boolean): void {
    const { element } = this;
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !isInline && !this.menu.dialog.open) this.mount.host.removeAttribute('open');
    });
    element.addEventListener('pointerdown', (event) => this.menu.close(event.composedPath()[0]));
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    element.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      drop.hidden = false;
    });
    element.addEventListener('dragleave', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) drop.hidden = true;
    });
    element.addEventListener('drop', (event) => {
      drop.hidden = true;
      if (!hasFiles(event)) return;
      event.preventDefault();
      void this.composer.take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  update(title: string, isOpen: boolean): void {
    this.heading.textContent = title;
    if (isOpen === this.isOpen) return;
    this.isOpen = isOpen;
    const { element, mount } = this;
    const hadFocus = element.contains(mount.root.activeElement);
    element.hidden = !isOpen;
    mount.launcher.ariaExpanded = String(isOpen);
    this.talk.isShown = isOpen;
    if (isOpen) {
      this.log.toEnd();
      this.composer.focus();
      void this.talk.sync();
    } else if (hadFocus) mount.launcher.focus();
    this.emit(isOpen ? 'open' : 'close');
  }

  /** Takes the panel away; gives back what was typed and not sent. */
  remove(): string {
    this.talk.end();
    this.element.remove();
    return this.composer.box.value;
  }

  private took(conversation: Conversation): void {
    const { status, cause, ticket } = conversation;
    const before = this.state;
    this.state = conversation;
    this.menu.offersTicket(true);
    this.talk.expects = ticket?.status === 'pending' || this.log.awaitsCheck;
    if (before?.status !== status || before.cause !== cause) this.emit('status', { status, cause });
    if (ticket && !before?.ticket) this.emit('ticket', { id: ticket.id });
  }

  private async submit(): Promise<void> {
    await this.talk.submit();
    this.composer.focus();
  }

  private async delete(): Promise<void> {
    try {
      await this.talk.remove();
      this.composer.empty();
      this.emit('delete');
    } catch (error) {
      this.trouble(asFailure(error));
    }
    this.composer.focus();
  }

  private choose(tag: string): void {
    // The conversation goes on in that language too: its own name is understood.
    if (this.talk.hasBegun) this.talk.send(nameOf(tag), true);
    this.emit('language', { language: tag });
    this.mount.host.lang = tag;
  }

  private trouble(failure: Failure | undefined): void {
    const text = failure ? wordsOf(failure, sayIn(this.texts)) : '';
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  private types(is: boolean): void {
    this.typing.hidden = !is;
    if (is) this.log.toEnd();
  }

  private emit(what: string, detail: Readonly<Record<string, string | null>> = {}): void {
    this.mount.host.dispatchEvent(new CustomEvent(`preticket:${what}`, { bubbles: true, composed: true, detail }));
  }
}
