// Removes every credential from a text. The one door: raw text in, branded text out; fails closed.
import { PreticketError } from '../errors';
import type { RedactionCount } from '../types';
import { compileRedactPack, type Compiled } from './compile';
import { forgetLine } from './finding';
import type { RedactionMemory } from './memory';
import type { RedactPackData } from './pack';
import { recall } from './recall';
import type { Observation, Redacted } from './redacted';
import { searchText } from './search';
import { lookAgain, tidy } from './second-look';
import { forgetWords } from './speech/tokens';
import { writeRedacted } from './spans';

export interface RedactResult {
  /** The text with `[redacted:KIND]` in place of each credential. */
  readonly text: Redacted;
  readonly redactions: readonly RedactionCount[];
  /** Places of the placeholders, UTF-16 units of `text`. */
  readonly spans: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
  readonly observations: readonly Observation[];
}

export interface Redactor {
  /**
   * Redacts a text. With a memory, values known from earlier messages go too, and new ones are remembered.
   * Throws REDACTION_FAILED where a rule fails: then nothing of the text passes. @unredacted
   */
  redact(raw: string, memory?: RedactionMemory): RedactResult;
  /** Redacts a finished draft once more. Anything it finds is a fault of an earlier stage: `redactions` should be empty. */
  recheck(draft: string): RedactResult;
}

/** Compiles the pack's redaction data into a redactor. Pure apart from the memory that a caller passes. */
export function createRedactor(data: RedactPackData): Redactor {
  const pack = compileRedactPack(data);
  const redact = (raw: string, memory?: RedactionMemory): RedactResult => {
    try {
      return redactWith(pack, raw, memory);
    } catch (error) {
      // The cause is left out: its message may quote the text.
      const name = error instanceof Error ? error.name : 'unknown';
      throw new PreticketError(
        'REDACTION_FAILED',
        `Redaction failed (${name}); the text was not passed on. Report the input's kind, not its content.`,
      );
    } finally {
      forgetLine();
      forgetWords();
      pack.lexicon.forget();
      pack.looks.free.clear();
      pack.looks.linked.clear();
    }
  };
  return { redact, recheck: (draft) => redact(draft) };
}

function redactWith(pack: Compiled, raw: string, memory: RedactionMemory | undefined): RedactResult {
  const found = searchText(pack, raw, memory?.expects);
  let spans = tidy(raw, found.concat(recall(pack, raw, found, memory)));
  if (spans.length > 0) spans = lookAgain(pack, raw, spans);
  const groups = new Map<string, number>();
  const groupOf = (value: string, kind: string): number => {
    const key = value.toLowerCase();
    let group = groups.get(key);
    if (group === undefined) {
      group =
        memory === undefined || value.length < 4 || value.length > 512 ? groups.size + 1 : memory.remember(value, kind);
      groups.set(key, group);
    }
    return group;
  };
  const written = writeRedacted(raw, spans, groupOf);
  if (memory !== undefined) memory.expects = expectation(pack, raw, spans.length);
  const counts = new Map<string, number>();
  for (const { kind } of written.spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return { ...written, redactions: [...counts].map(([kind, count]) => ({ kind, count })) };
}

/** The kind of the secret that the next message will hold, where this one announces or asks for it. */
function expectation(pack: Compiled, raw: string, removed: number): string | undefined {
  const lower = raw.slice(-2000).toLowerCase();
  const asks = pack.lexicon.asks.some((phrase) => lower.includes(phrase));
  const announces = removed === 0 && pack.lexicon.announce.some((phrase) => lower.includes(phrase));
  if (!asks && !announces) return undefined;
  let kind = 'password';
  let best = -1;
  for (const word of pack.lexicon.cueWords) {
    const noun = pack.lexicon.nounOf(word);
    if (noun === undefined) continue;
    const at = lower.lastIndexOf(word);
    if (at > best) {
      best = at;
      kind = noun.kind;
    }
  }
  return best < 0 && !asks ? undefined : kind;
}
