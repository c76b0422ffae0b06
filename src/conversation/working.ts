// The conversation while an event is taken in, and the replies that gather meanwhile.
import type { Engine } from '../engine';
import type { Texts } from '../pack/texts';
import { fillIn } from '../pack/texts';
import type { FieldKey } from '../types';
import type { Conversation, KnownField } from './conversation';
import type { Reply } from './event';
import type { Talk } from './talk';

export type Working = { -readonly [K in keyof Conversation]: Conversation[K] };

/** Mark of a conversation that was greeted. */
export const GREETED = 'greeting';

export interface Turn {
  readonly engine: Engine;
  readonly talk: Talk;
  readonly at: string;
  readonly replies: Reply[];
  /** A helpdesk takes tickets; without one they are kept, and the person copies the draft. */
  readonly delivers: boolean;
  /** The state that is being made; everything in it is replaced, never changed in place. */
  readonly now: Working;
}

export function textsOf(turn: Turn): Texts {
  return turn.engine.textsOf(turn.now.language);
}

/** A sentence of the talk with its parameters. */
export function sentence(turn: Turn, name: string, parameters: Readonly<Record<string, string>> = {}): string {
  return fillIn(textsOf(turn).talk[name] ?? name, parameters);
}

export function say(turn: Turn, kind: Reply['kind'], text: string, more: Omit<Reply, 'kind' | 'text'> = {}): void {
  turn.replies.push({ kind, text, ...more });
}

export function labelOf(turn: Turn, key: FieldKey): string {
  return textsOf(turn).fields[key]?.label ?? key;
}

/** Says something once in a conversation. */
export function sayOnce(
  turn: Turn,
  mark: string,
  kind: Reply['kind'],
  text: string,
  more: Omit<Reply, 'kind' | 'text'> = {},
): void {
  if (turn.now.told.includes(mark)) return;
  turn.now.told = [...turn.now.told, mark];
  say(turn, kind, text, more);
}

export function setField(turn: Turn, key: FieldKey, field: KnownField): void {
  turn.now.fields = { ...turn.now.fields, [key]: field };
}

export function dropField(turn: Turn, key: FieldKey): void {
  turn.now.fields = Object.fromEntries(Object.entries(turn.now.fields).filter(([name]) => name !== key));
}
