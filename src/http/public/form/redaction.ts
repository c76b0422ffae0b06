// Redacts all free text of a form together: what is secret in one field is secret in the others.
import type { BrowserRedaction, BrowserRedactor, Removed } from '../redact/redact';

export interface Cleaned {
  readonly text: string;
  readonly kinds: readonly string[];
}

const BETWEEN = '\n\n';
/** Beyond this the fields are redacted one by one only: together they would take twice as long. */
const TOGETHER_CHARS = 60_000;

/** Answers kept: a form is looked at again and again between two keys. */
const KEPT = 32;

export interface Remembering extends BrowserRedactor {
  readonly knows: (text: string) => boolean;
  /** What was found elsewhere: in a worker. */
  readonly keep: (text: string, answer: BrowserRedaction) => void;
}

export function remembering(redactor: BrowserRedactor): Remembering {
  const known = new Map<string, BrowserRedaction>();
  const keep = (text: string, answer: BrowserRedaction): void => {
    if (known.size >= KEPT) for (const [oldest] of [...known].slice(0, 1)) known.delete(oldest);
    known.set(text, answer);
  };
  return {
    keep,
    knows: (text) => known.has(text),
    redact(text) {
      let answer = known.get(text);
      if (answer === undefined) keep(text, (answer = redactor.redact(text)));
      return answer;
    },
  };
}

/** The text in which values are looked at together; undefined where each is for itself. */
export function togetherOf(values: readonly string[]): string | undefined {
  const whole = values.join(BETWEEN);
  const many = values.filter((value) => value !== '').length > 1;
  return many && whole.length <= TOGETHER_CHARS ? whole : undefined;
}

/** One answer per value, in order. Throws what the redactor throws. */
export function cleanTogether(redactor: BrowserRedactor, values: readonly string[]): Cleaned[] {
  const alone = values.map((value) => (value === '' ? { text: '', removed: [] } : redactor.redact(value)));
  const secrets = new Set(alone.flatMap(({ removed }, i) => removed.map((span) => cut(values[i] ?? '', span))));
  const whole = togetherOf(values);
  if (secrets.size === 0 || whole === undefined)
    return alone.map(({ text, removed }) => ({ text, kinds: removed.map(({ kind }) => kind) }));
  // Only what was recognised in its own field is looked for in the others: neighbours by chance are no context.
  const found = redactor.redact(whole).removed.filter((span) => secrets.has(cut(whole, span)));
  let at = 0;
  return values.map((value, i) => {
    const from = at;
    at += value.length + BETWEEN.length;
    const own = alone[i]?.removed ?? [];
    const more = found
      .filter(({ start, end }) => start >= from && end <= from + value.length)
      .map(({ kind, start, end }) => ({ kind, start: start - from, end: end - from }))
      .filter((span) => !own.some(({ start, end }) => span.start < end && start < span.end));
    if (more.length === 0) return { text: alone[i]?.text ?? '', kinds: own.map(({ kind }) => kind) };
    const all = [...own, ...more].sort((a, b) => b.start - a.start);
    return { text: all.reduce(replace, value), kinds: all.map(({ kind }) => kind).reverse() };
  });
}

const cut = (text: string, { start, end }: Removed): string => text.slice(start, end);

const replace = (text: string, { kind, start, end }: Removed): string =>
  `${text.slice(0, start)}[redacted:${kind}]${text.slice(end)}`;
