// The log: lines as they come, each once, those that wait below all others.
import type { Choice, Conversation, Line } from './api';
import { findings } from './cards/findings';
import { endChoices, question, showResult } from './cards/question';
import { paragraphs, steps } from './cards/text';
import { TicketCard, type TicketHost } from './cards/ticket';
import { verdict } from './cards/verdict';
import { button, icon, make, scrollable, unseen } from './dom';
import { CLIP, SHIELD } from './drawings';
import type { Failure } from './failure';
import type { Parts } from './parts';
import type { Waiting } from './storage';

export interface LogHost extends TicketHost {
  readonly choose: (choice: Choice) => void;
  readonly retry: () => void;
  readonly fresh: () => void;
}

const LONG = 700;
const EDGE_PX = 14;
/** Less than this is not worth a button. */
const FOLD_FROM_PX = 48;

export class Log {
  readonly element = make('div', 'log');
  readonly view = make('div', 'scroll', this.element);
  private readonly bubbles = new Map<string, HTMLElement>();
  private readonly ticket: TicketCard;
  private ticketAt: HTMLElement | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly host: LogHost,
  ) {
    const { element } = this;
    element.role = 'log';
    element.ariaLive = 'polite';
    element.setAttribute('aria-relevant', 'additions');
    element.ariaLabel = parts.say('log');
    element.tabIndex = 0;
    this.ticket = new TicketCard(parts, host);
    this.greet();
  }

  /** Empties it but for what waits. `said`: why. */
  clear(said?: string): void {
    this.ticketAt = undefined;
    const waiting = [...this.bubbles.values()].filter((bubble) => bubble.classList.contains('is-waiting'));
    for (const [key, bubble] of this.bubbles) if (!waiting.includes(bubble)) this.bubbles.delete(key);
    this.element.replaceChildren();
    if (said !== undefined) this.element.append(make('article', 'notice', make('p', '', said)));
    this.greet();
    this.element.append(...waiting);
  }

  private greet(): void {
    this.element.append(this.card('text', paragraphs(this.parts.texts.greeting, this.parts)));
  }

  // --- what the person says

  /** Shows a message on its way, or why it waits. */
  waiting(message: Waiting, failure?: Failure): void {
    const { say } = this.parts;
    let bubble = this.bubbles.get(message.key);
    if (bubble === undefined) {
      endChoices(this.element, message.text);
      bubble = this.bubble(message.text, message.names);
      this.bubbles.set(message.key, bubble);
      this.element.append(bubble);
      this.toEnd();
    }
    const before = bubble.querySelector('.unsent');
    before?.remove();
    bubble.classList.add('is-waiting');
    if (failure === undefined) return;
    const { kind } = failure;
    const isOver = kind === 'gone' || kind === 'finished';
    const again = isOver
      ? button(say('fresh'), 'link', this.host.fresh)
      : button(say('retry'), 'link', this.host.retry);
    bubble.append(
      make('p', 'unsent', icon('M10 5v5.5l3 2M10 2a8 8 0 1 0 .01 0z'), make('span', '', say('notSent')), again),
    );
    // What says why takes room below the log.
    if (!before) this.toEnd();
  }

  /** Takes back a message that will not be sent. */
  drop({ key }: Waiting): void {
    this.bubbles.get(key)?.remove();
    this.bubbles.delete(key);
  }

  private bubble(text: string, names: readonly string[] = []): HTMLElement {
    const { say, rich } = this.parts;
    const bubble = make('article', 'person', unseen(`${say('you')}: `));
    if (text !== '') bubble.append(said(text, this.parts));
    for (const name of names) bubble.append(make('p', 'file', icon(CLIP), make('bdi', '', rich(name))));
    return bubble;
  }

  private tookPerson({ key = '', text }: Line): HTMLElement {
    const known = this.bubbles.get(key);
    if (known === undefined) {
      const bubble = this.bubble(text);
      if (key !== '') this.bubbles.set(key, bubble);
      this.add(bubble);
      return bubble;
    }
    const shown = known.querySelector('.said');
    // The server may have removed more.
    if (shown && shown.textContent !== text) shown.replaceWith(said(text, this.parts));
    return known;
  }

  /** The server has it. */
  sent({ key }: Waiting): void {
    const bubble = this.bubbles.get(key);
    bubble?.classList.remove('is-waiting');
    bubble?.querySelector('.unsent')?.remove();
  }

  // --- what the assistant says

  /** Lines that are new, in order. `restored`: read in silence, as they were said before. */
  took(lines: readonly Line[], conversation: Conversation, restored: boolean): void {
    const { element } = this;
    if (restored) {
      element.ariaLive = 'off';
      if (lines.some(({ role }) => role === 'assistant')) element.querySelector(':scope > .reply')?.remove();
    }
    let follow: HTMLElement | undefined;
    for (const turn of turnsOf(lines)) {
      const first = this.turn(turn, conversation);
      follow ??= first;
    }
    if (this.ticketAt) this.ticket.update(conversation);
    if (conversation.question === null && lines.length > 0) endChoices(element);
    for (const line of this.lines.slice(0, -1)) this.fold(line);
    if (restored) {
      this.toEnd();
      requestAnimationFrame(() => requestAnimationFrame(() => (element.ariaLive = 'polite')));
    } else if (follow) this.follow(follow);
  }

  private turn(lines: readonly Line[], conversation: Conversation): HTMLElement | undefined {
    const said = lines.find(({ role }) => role === 'person');
    const bubble = said && this.tookPerson(said);
    let replies = lines.filter(({ role }) => role === 'assistant');
    if (!said) {
      // A turn of nobody's words: a check that came in, or an edit of the card that shows it already.
      const check = this.element.querySelector('.reply:has(.result:not(.is-seen, .is-over))');
      const [seen] = replies;
      if (check && seen?.kind === 'text') {
        showResult(check, seen.text);
        replies = replies.slice(1);
      }
      if (this.ticketAt && replies.every(({ kind }) => kind === 'draft' || kind === 'question')) {
        if (replies.some(({ kind }) => kind === 'draft')) return undefined;
      }
    }
    if (replies.length > 0) endChoices(this.element);
    let first: HTMLElement | undefined;
    replies.forEach((reply, i) => {
      const before = replies[i - 1];
      const corrected = before?.request?.corrected ?? null;
      if (corrected !== null && reply.text.endsWith(`\n${corrected}`)) return;
      if (reply.kind === 'question' && before?.kind === 'draft') return;
      const card = this.reply(reply, conversation);
      this.add(card);
      first ??= card;
    });
    return bubble ?? first;
  }

  private reply(reply: Line, conversation: Conversation): HTMLElement {
    const { kind = 'text', text } = reply;
    const { parts } = this;
    switch (kind) {
      case 'causes':
        return this.card(kind, verdict(reply, parts));
      case 'findings':
        return this.card(kind, findings(reply, parts));
      case 'question':
        return this.card(kind, question(reply, this.host.choose, parts));
      case 'answer':
        return reply.steps
          ? this.card('fix', steps(text, reply.steps, parts))
          : this.card(kind, paragraphs(text, parts));
      case 'warning':
        return this.card(kind, [icon(`${SHIELD}M10 6.5v4m0 2.7v.1`), make('div', '', ...paragraphs(text, parts))]);
      case 'draft':
        return this.withTicket(this.card(kind, paragraphs(text.split('\n\n')[0] ?? '', parts)), conversation);
      case 'done': {
        const card = this.card(kind, paragraphs(text, parts));
        return conversation.ticket ? this.withTicket(card, conversation) : card;
      }
      default:
        return this.card(kind, paragraphs(text, parts));
    }
  }

  /** The ticket stands in the last card that speaks of it. */
  private withTicket(card: HTMLElement, conversation: Conversation): HTMLElement {
    this.ticketAt?.classList.add('is-past');
    card.append(this.ticket.element);
    this.ticket.update(conversation);
    this.ticketAt = card;
    return card;
  }

  /** Shows the ticket as it stands, at the end of the log. */
  showTicket(conversation: Conversation): void {
    if (!this.ticketAt?.isConnected) this.add(this.withTicket(this.card('draft', []), conversation));
    this.ticketAt?.scrollIntoView({ block: 'start' });
    this.ticket.showAll();
  }

  private card(kind: string, children: readonly (Node | string)[]): HTMLElement {
    const card = make('article', `reply ${kind}`, unseen(`${this.parts.say('assistant')}: `), ...children);
    card.dir = 'auto';
    return card;
  }

  /** Before what waits. */
  private add(card: HTMLElement): void {
    this.element.insertBefore(card, this.element.querySelector(':scope > .is-waiting'));
  }

  /** A check was offered and nothing came of it yet. */
  get awaitsCheck(): boolean {
    return this.element.querySelector('.result:not(.is-seen, .is-over)') !== null;
  }

  // --- scrolling

  /** All but what waits. */
  private get lines(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(':scope > :not(.is-waiting)')];
  }

  /** What is long, to be read only, and not the last takes little room until it is asked for. */
  private fold(line: HTMLElement): void {
    if (line.matches('.is-whole') || line.querySelector('button, input')) return;
    line.classList.add('is-folded');
    const whole = (): void => {
      line.classList.replace('is-folded', 'is-whole');
    };
    if (line.scrollHeight < line.clientHeight + FOLD_FROM_PX) return whole();
    const more = button(this.parts.say('showAll'), 'more', () => {
      whole();
      more.remove();
      line.tabIndex = -1;
      line.focus();
    });
    line.append(more);
  }

  /**
   * Brings a turn into view from its beginning, but so that the line that ends it is seen whole: what is asked stands there.
   * Nothing but the log is scrolled.
   */
  private follow(first: Element): void {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { top, bottom } = this.view.getBoundingClientRect();
    const last = (this.lines.at(-1) ?? first).getBoundingClientRect();
    const down = Math.max(
      first.getBoundingClientRect().top - top,
      Math.min(last.bottom - bottom + 2 * EDGE_PX, last.top - top),
    );
    this.view.scrollBy({ top: down - EDGE_PX, behavior: isCalm ? 'auto' : 'smooth' });
  }

  toEnd(): void {
    this.view.scrollTop = this.view.scrollHeight;
  }
}

function said(text: string, { say, rich }: Parts): HTMLElement {
  const shown = make('div', 'said', rich(text));
  shown.dir = 'auto';
  return text.length > LONG ? scrollable(shown, say('you')) : shown;
}

function turnsOf(lines: readonly Line[]): Line[][] {
  const turns: Line[][] = [];
  for (const line of lines) {
    const turn = turns.at(-1);
    if (turn?.[0]?.seq === line.seq) turn.push(line);
    else turns.push([line]);
  }
  return turns;
}
