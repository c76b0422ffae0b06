// The support-chat page: a log, a message box, and a queue in which messages wait until the server has them, each once.
import { api, Failure, type Line, type Reply, type Session } from './api';
import { allowHosts, button, byId, make, rich } from './dom';
import { renderReply, type ReplyHost, type ReplyTexts } from './replies';
import { keepSession, recallSession } from './session';

interface Texts extends ReplyTexts {
  readonly [id: string]: string;
}

interface Waiting {
  readonly text: string;
  readonly key: string;
  readonly bubble: HTMLElement;
}

const LOOK_EVERY_MS = 3000;
const LOOK_AT_MOST = 200;
const LONGEST_WAIT_MS = 30_000;
const EDGE_PX = 12;

const root = byId('chat');
const log = byId('log');
const view = byId('scroll');
const box = byId<HTMLTextAreaElement>('message');
const status = byId('status');
const greeting = log.innerHTML === '' ? [] : [...log.children];
const texts = JSON.parse(root.dataset['texts'] ?? '{}') as Texts;
const say = (id: string): string => texts[id] ?? '';
allowHosts(JSON.parse(root.dataset['hosts'] ?? '[]') as string[]);

const queue: Waiting[] = [];
let busy = false;
let tries = 0;
let timer = 0;
/** Lines of the transcript that the log shows. */
let shown = 0;
let looks = 0;

const host: ReplyHost = {
  texts,
  tell: (text) => tell(text, true),
  choose(label, value) {
    void value;
    send(label);
    box.focus({ preventScroll: true });
  },
};

/** Says how things stand; `quietly`: to those who listen only. */
function tell(text: string, quietly = false): void {
  status.classList.toggle('hidden', quietly);
  status.textContent = text;
}

// --- the log

const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function endChoices(taken?: string): void {
  for (const group of log.querySelectorAll('.choices:not(.over)')) {
    group.classList.add('over');
    for (const choice of group.querySelectorAll('button')) {
      choice.disabled = true;
      if (choice.textContent === taken) choice.classList.add('taken');
    }
  }
}

function bubbleOf(text: string): HTMLElement {
  return make('article', 'person', make('span', 'hidden', `${say('you')}: `), make('div', 'said', rich(text)));
}

function showReplies(replies: readonly Reply[]): void {
  if (replies.length > 0) endChoices();
  for (const reply of replies) log.append(renderReply(reply, host));
  shown += replies.length;
}

/** Brings a new line into view, from its beginning; nothing but the log is scrolled. */
function follow(element: Element | null): void {
  if (element === null) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const down = element.getBoundingClientRect().top - view.getBoundingClientRect().top - EDGE_PX;
  view.scrollBy({ top: down, behavior: calm ? 'auto' : 'smooth' });
}

const toEnd = (): void => void (view.scrollTop = view.scrollHeight);

function typing(is: boolean): void {
  byId('typing').hidden = !is;
  if (is) toEnd();
}

function notice(text: string, action?: HTMLButtonElement): void {
  const card = make('article', 'notice', make('p', '', text));
  if (action) card.append(action);
  log.append(card);
  follow(card);
}

// --- messages out

function send(text: string): void {
  if (text.trim() === '') return;
  tell('');
  endChoices(text);
  const bubble = bubbleOf(text);
  log.append(bubble);
  toEnd();
  queue.push({ text, key: newKey(), bubble });
  void drain();
}

async function drain(): Promise<void> {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  typing(true);
  let first: Waiting | undefined;
  while ((first = queue[0])) {
    mark(first, '');
    try {
      const replies = await api.say(await session(), first.text, first.key);
      queue.shift();
      tries = 0;
      tell('');
      shown += 1;
      const from = first.bubble;
      // Those that wait stand below the answer to the one before them.
      for (const { bubble } of queue) bubble.remove();
      showReplies(replies);
      for (const { bubble } of queue) log.append(bubble);
      follow(from);
      if (replies.some(({ kind }) => kind === 'warning')) await showRedacted();
      watchEgress(replies);
    } catch (error) {
      trouble(error instanceof Failure ? error : new Failure('failed'), first);
      break;
    }
  }
  typing(false);
  busy = false;
}

async function session(): Promise<Session> {
  const known = recallSession();
  if (known) return known;
  const opened = await api.open(root.dataset['language'] ?? 'en');
  keepSession(opened);
  // The greeting stands in the page already.
  shown = 1;
  return opened;
}

function mark({ bubble }: Waiting, text: string, ...actions: readonly HTMLElement[]): void {
  bubble.querySelector('.unsent')?.remove();
  bubble.classList.toggle('waiting', text !== '');
  if (text !== '') bubble.append(make('p', 'unsent', text, ' ', ...actions));
}

const SAID: Readonly<Record<Failure['kind'], string>> = {
  offline: 'offline',
  busy: 'busy',
  gone: 'gone',
  finished: 'finished',
  'too-large': 'tooLarge',
  failed: 'failed',
};

function trouble(failure: Failure, message: Waiting): void {
  const { kind, afterMs } = failure;
  tell(say(SAID[kind]));
  requestAnimationFrame(toEnd);
  if (kind === 'too-large') {
    queue.shift();
    message.bubble.remove();
    if (box.value === '') box.value = message.text;
    grow();
    return void drain();
  }
  for (const waiting of queue.slice(1)) mark(waiting, say('notSent'));
  if (kind === 'gone' || kind === 'finished') {
    mark(message, say('notSent'), button(say('fresh'), 'link', fresh));
    return;
  }
  mark(
    message,
    say('notSent'),
    button(say('retry'), 'link', () => void drain()),
  );
  // Whatever passes by itself is tried again by itself, ever less often.
  if (kind !== 'failed')
    timer = window.setTimeout(() => void drain(), Math.min(afterMs * 2 ** tries++, LONGEST_WAIT_MS));
}

// --- the conversation as the server has it

/** Shows the person's lines as they are kept, without what was removed. */
async function showRedacted(): Promise<void> {
  const known = recallSession();
  if (!known) return;
  try {
    const { transcript } = await api.read(known);
    const kept = transcript.filter(({ role }) => role === 'person').map(({ text }) => text);
    const waiting = new Set(queue.map(({ bubble }) => bubble));
    const bubbles = [...log.querySelectorAll<HTMLElement>('.person')].filter((bubble) => !waiting.has(bubble));
    for (const [i, bubble] of bubbles.reverse().entries()) {
      const text = kept[kept.length - 1 - i];
      if (text !== undefined) bubble.querySelector('.said')?.replaceChildren(rich(text));
    }
  } catch {
    // What was typed stays on the screen; the server has removed it all the same.
    return;
  }
}

function showLines(lines: readonly Line[], choices: Reply['choices']): void {
  endChoices();
  for (const [i, { role, text, kind = 'text' }] of lines.entries()) {
    const last = i === lines.length - 1 && kind === 'question' && choices;
    log.append(role === 'person' ? bubbleOf(text) : renderReply({ kind, text, ...(last ? { choices } : {}) }, host));
  }
  shown += lines.length;
}

/** Shows what came since, from the egress check or another tab. */
async function look(): Promise<void> {
  const known = recallSession();
  if (!known || busy || queue.length > 0 || document.hidden) return;
  try {
    const { transcript, question } = await api.read(known);
    if (busy || queue.length > 0 || transcript.length <= shown) return;
    const before = log.lastElementChild;
    showLines(transcript.slice(shown), question?.choices);
    follow(before?.nextElementSibling ?? null);
    tell('');
    watchEgress(transcript.slice(-1));
  } catch (error) {
    if (error instanceof Failure && error.kind === 'gone') fresh(say('gone'));
  }
}

/** A command that was offered may be run at any moment. */
function watchEgress(replies: readonly { readonly text: string }[]): void {
  if (replies.some(({ text }) => /\/e\/[a-z0-9]{8,}/.test(text))) looks = LOOK_AT_MOST;
}

async function resume(known: Session): Promise<void> {
  log.setAttribute('aria-live', 'off');
  try {
    const { transcript, question } = await api.read(known);
    if (transcript.length > 0) {
      log.replaceChildren();
      shown = 0;
      showLines(transcript, question?.choices);
      watchEgress(transcript.slice(-1));
      tell(transcript.length > 1 ? say('restored') : '', true);
      toEnd();
    }
  } catch (error) {
    const { kind } = error instanceof Failure ? error : new Failure('failed');
    if (kind === 'gone') return keepSession(undefined);
    tell(say(SAID[kind]));
    timer = window.setTimeout(() => void resume(known), 5000);
  } finally {
    requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'));
  }
}

/** Begins anew; messages that wait go along. */
function fresh(said?: unknown): void {
  keepSession(undefined);
  shown = 0;
  looks = 0;
  tell('');
  log.replaceChildren(...greeting, ...queue.map(({ bubble }) => bubble));
  if (typeof said === 'string') notice(said);
  box.focus();
  void drain();
}

async function remove(): Promise<void> {
  const known = recallSession();
  try {
    if (known) await api.remove(known);
  } catch (error) {
    const { kind } = error instanceof Failure ? error : new Failure('failed');
    if (kind !== 'gone') return tell(say(SAID[kind]));
  }
  queue.length = 0;
  clearTimeout(timer);
  box.value = '';
  grow();
  fresh(say('deleted'));
}

// --- the box and the buttons

function grow(): void {
  box.rows = Math.min(8, Math.max(1, box.value.split('\n').length, Math.ceil(box.value.length / 60)));
}

function submit(): void {
  const { value } = box;
  box.value = '';
  grow();
  send(value);
}

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener('input', grow);
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
byId('human').addEventListener('click', () => send(say('humanMessage')));
byId('restart').addEventListener('click', () => (recallSession() ? send(say('restartMessage')) : fresh()));
const question = byId<HTMLDialogElement>('ask');
byId('delete').addEventListener('click', () => question.showModal());
question.addEventListener('close', () => {
  if (question.returnValue === 'yes') void remove();
  question.returnValue = '';
});
byId('cancel').addEventListener('click', () => question.close('no'));
byId('yes').addEventListener('click', () => question.close('yes'));
byId('language').addEventListener('change', (event) => {
  location.search = `?lang=${encodeURIComponent((event.target as HTMLSelectElement).value)}`;
});
window.addEventListener('online', () => void drain());
window.addEventListener('beforeunload', (event) => {
  if (queue.length > 0) event.preventDefault();
});
document.addEventListener('visibilitychange', () => void look());
setInterval(() => {
  if (looks > 0 && !document.hidden) {
    looks--;
    void look();
  }
}, LOOK_EVERY_MS);

const known = recallSession();
if (known) void resume(known);
