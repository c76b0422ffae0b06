// What a message is read with when it may be an answer, and what it can turn out to be.
import type { Engine, ReadText } from '../engine';
import type { FieldData } from '../extract/fields';
import type { Zone } from '../extract/zone';
import type { Redacted } from '../redact/redacted';
import type { FieldKey } from '../types';
import type { Intents, TalkWords } from './words';

export type Answer =
  | {
      readonly kind: 'value';
      readonly value: string;
      readonly source: string;
      readonly timezoneMissing?: boolean;
      readonly loose?: boolean;
    }
  /** The zone of a time that is known. */
  | { readonly kind: 'zone'; readonly zone: Zone; readonly source: string }
  /** No answer of the right form; `text`: which sentence says why. */
  | { readonly kind: 'bad'; readonly text: string; readonly value?: string }
  | { readonly kind: 'nothing' };

export interface AnswerScene {
  readonly engine: Engine;
  readonly text: Redacted;
  readonly read: ReadText;
  readonly intents: Intents;
  readonly words: TalkWords;
  readonly language: string;
  readonly at: string;
  readonly zone: Zone | null;
  /** The message is about the talk itself, or tells that it still fails: only a value of strict form in it is an answer. */
  readonly steers?: boolean;
  /** A time is asked for: then numbers such as 8.10 may be one. */
  readonly timeAsked?: boolean;
  /** The question was put for the second time. */
  readonly again: boolean;
}

/** The scene with other words, as if they were the message. */
export function withText(scene: AnswerScene, words: string): AnswerScene {
  const text = words as Redacted;
  const redaction = { text, redactions: [], spans: [], observations: [] };
  const read = scene.engine.readRedacted(redaction, { language: scene.language });
  return { ...scene, text, read, intents: scene.words.intents(words) };
}

/** Steering words that mean there is no answer of this kind. */
export const DECLINES = ['dont-know', 'has-none', 'refuses'] as const;

/** The field of a pack by its key. */
export function fieldOf(engine: Engine, key: FieldKey): FieldData | undefined {
  return engine.fields.fields.find((field) => field.key === key);
}
