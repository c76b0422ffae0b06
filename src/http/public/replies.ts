// What the assistant says, each kind in its form. `text` alone is complete; what is read out of it here is only its layout.
import type { Reply } from './api';
import { codeBlock, copyButton, type CopyTexts } from './copy';
import { button, make, rich } from './dom';

export interface ReplyTexts extends CopyTexts {
  readonly assistant: string;
  readonly draft: string;
  readonly verdict: string;
  readonly warning: string;
}

export interface ReplyHost {
  readonly texts: ReplyTexts;
  /** For those who listen. */
  readonly tell: (text: string) => void;
  /** A choice was taken. */
  readonly choose: (label: string, value: string) => void;
}

const NUMBERED = /^\d+[.)]\s+/;
const BULLET = /^[-•]\s+/;
/** A line that ends with a command for the egress check. */
const COMMAND = /^(.*?[:：])\s*(\S.*\/e\/[a-z0-9]{8,}.*)$/s;

export function renderReply(reply: Reply, host: ReplyHost): HTMLElement {
  const { texts } = host;
  const card = make('article', `reply ${reply.kind}`, make('span', 'hidden', `${texts.assistant}: `));
  switch (reply.kind) {
    case 'causes':
      card.append(label(texts.verdict), ...verdict(reply.text));
      break;
    case 'warning':
      card.append(label(texts.warning), ...paragraphs(reply.text));
      break;
    case 'draft':
      card.append(...draft(reply.text, host));
      break;
    case 'question':
      card.append(...question(reply, host));
      break;
    case 'answer':
      card.append(...answer(reply.text, host));
      break;
    default:
      card.append(...paragraphs(reply.text));
  }
  return card;
}

const label = (text: string): HTMLElement => make('p', 'label', text);

/** Lines as paragraphs, numbered and bulleted ones as lists. */
function paragraphs(text: string): HTMLElement[] {
  const out: HTMLElement[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [kind, sign] = NUMBERED.test(line)
      ? (['ol', NUMBERED] as const)
      : BULLET.test(line)
        ? (['ul', BULLET] as const)
        : [];
    if (kind === undefined) {
      out.push(make('p', '', rich(line)));
      continue;
    }
    let list = out.at(-1);
    if (list?.localName !== kind) out.push((list = make(kind)));
    list.append(make('li', '', rich(line.replace(sign, ''))));
  }
  return out;
}

function verdict(text: string): HTMLElement[] {
  const [head = '', ...rest] = text.split('\n');
  return [make('p', 'lead', rich(head)), ...rest.map((line) => make('p', 'quote', rich(line)))];
}

function answer(text: string, { texts, tell }: ReplyHost): HTMLElement[] {
  const [head = '', ...rest] = text.split('\n');
  const isRequest =
    /[:：]$/.test(head) && rest.length > 0 && !rest.some((line) => NUMBERED.test(line) || BULLET.test(line));
  return isRequest ? [make('p', '', rich(head)), codeBlock(rest.join('\n'), texts, tell)] : paragraphs(text);
}

function question({ text, choices = [] }: Reply, { texts, tell, choose }: ReplyHost): HTMLElement[] {
  const labels = new Set(choices.map((choice, i) => `${i + 1}. ${choice.label}`));
  const [head = '', ...rest] = text.split('\n').filter((line) => !labels.has(line));
  const out: HTMLElement[] = [make('p', 'lead', rich(head))];
  for (const line of rest) {
    const command = COMMAND.exec(line);
    if (command === null) out.push(make('p', 'why', rich(line)));
    else out.push(make('p', 'why', rich(command[1] ?? '')), codeBlock(command[2] ?? '', texts, tell));
  }
  if (choices.length > 0) {
    const group = make(
      'div',
      'choices',
      ...choices.map((choice) => button(choice.label, 'choice', () => choose(choice.label, choice.value))),
    );
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', head);
    out.push(group);
  }
  return out;
}

/** Lead, subject and body; the body's Markdown is shown as far as the ticket templates use it. */
function draft(text: string, { texts, tell }: ReplyHost): HTMLElement[] {
  const [lead = '', subject = '', ...rest] = text.split('\n\n');
  const body = rest.join('\n\n');
  const details = make('details', 'ticket');
  const bar = make('summary', '', make('span', '', texts.draft), make('strong', '', rich(subject)));
  details.open = true;
  details.append(bar, make('div', 'body', ...markdown(body)), copyButton(`${subject}\n\n${body}`, texts, tell));
  return [make('p', '', rich(lead)), details];
}

function markdown(body: string): HTMLElement[] {
  const out: HTMLElement[] = [];
  let fence: string | undefined;
  let pre: HTMLElement | undefined;
  for (const line of body.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (pre !== undefined) {
      if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) pre = undefined;
      else pre.append(rich(`${line}\n`));
    } else if (mark !== undefined) {
      fence = mark;
      pre = make('pre');
      pre.tabIndex = 0;
      out.push(pre);
    } else if (/^#{1,4}\s/.test(line)) out.push(make('h3', '', plain(line.replace(/^#+\s+/, ''))));
    else if (/^[-*]\s/.test(line)) {
      let list = out.at(-1);
      if (list?.localName !== 'ul') out.push((list = make('ul')));
      list.append(make('li', '', plain(line.slice(2))));
    } else if (line.trim() !== '') out.push(make('p', '', plain(line.replace(/^>\s?/, ''))));
  }
  return out;
}

/** Without the signs of emphasis and escapes. */
const plain = (text: string): DocumentFragment =>
  rich(
    text.replace(/\\([!-/:-@[-`{-~])|\*\*|(?<![\w\\])[*`]|[*`](?!\w)/g, (_, sign: string | undefined) => sign ?? ''),
  );
