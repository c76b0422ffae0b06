// Terms of questions and the checklist (`concept:x`, `fact:x`, `field:key=value`, `cause:x`) and whether they hold.

/** Something known about a message, with the words that show it. */
export interface Known {
  readonly kind: 'concept' | 'fact' | 'field' | 'cause';
  /** Concept, fact, field key or cause id; of a field, `value` is its value. */
  readonly name: string;
  readonly value?: string;
  readonly negated?: boolean;
  /** Number of the clause that a concept stands in, where known. */
  readonly clause?: number;
  readonly quote?: string;
}

/** A term taken apart. */
export interface Term {
  readonly kind: Known['kind'];
  readonly name: string;
  readonly negated: boolean;
  readonly value?: string;
  /** Under which `KnownIndex` keeps what may satisfy it. */
  readonly key: string;
}

const KINDS: readonly string[] = ['concept', 'fact', 'field', 'cause'];

/** Parses a term. Throws `SyntaxError` naming a term that is none; the pack's schema refuses such before. */
export function parseTerm(written: string): Term {
  const colon = written.indexOf(':');
  const kind = written.slice(0, colon);
  if (!KINDS.includes(kind)) throw new SyntaxError(`not a term: ${written}`);
  const rest = written.slice(colon + 1);
  const negated = rest.startsWith('!');
  const equals = rest.indexOf('=');
  const name = rest.slice(negated ? 1 : 0, equals < 0 ? undefined : equals);
  return {
    kind: kind as Known['kind'],
    name,
    negated,
    key: keyOf(kind, name, negated),
    ...(equals < 0 ? {} : { value: rest.slice(equals + 1) }),
  };
}

/** What is known, by kind, name and negation, so that many terms are asked quickly. */
export class KnownIndex {
  private readonly items = new Map<string, Known[]>();

  constructor(items: readonly Known[]) {
    for (const item of items) {
      const key = keyOf(item.kind, item.name, item.negated ?? false);
      const list = this.items.get(key);
      if (list) list.push(item);
      else this.items.set(key, [item]);
    }
  }

  /** All items that satisfy the term, in the order given. */
  find(term: Term): readonly Known[] {
    const found = this.items.get(term.key) ?? NOTHING;
    return term.value === undefined ? found : found.filter((item) => item.value === term.value);
  }
}

const NOTHING: readonly Known[] = [];

function keyOf(kind: string, name: string, negated: boolean): string {
  return `${kind}:${negated ? '!' : ''}${name}`;
}

/**
 * Items that satisfy all terms, one for each, or null. Concepts whose clauses are known must share one.
 * Of several the first known is taken.
 */
export function holdAll(terms: readonly Term[], items: KnownIndex): readonly Known[] | null {
  const found: (readonly Known[])[] = [];
  for (const term of terms) {
    const list = items.find(term);
    if (list.length === 0) return null;
    found.push(list);
  }
  const clauses = new Set(found.flat().map((item) => item.clause));
  clauses.delete(undefined);
  for (const clause of clauses.size > 0 ? [...clauses] : [undefined]) {
    const taken = found.map((list) => list.find((item) => item.clause === undefined || item.clause === clause));
    if (taken.every((item) => item !== undefined)) return taken;
  }
  return null;
}
