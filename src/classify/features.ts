// What the statistical reader sees of a text: named features, each with the words it stands on.
import type { Passage } from '../text/mentions';

/** Where a feature was read, UTF-16 units. */
export interface FeatureSpan {
  readonly start: number;
  readonly end: number;
}

/** A fact read from artefacts, with its place. */
export interface Fact extends FeatureSpan {
  readonly fact: string;
}

const MOST_TOKENS = 3000;
const NEIGHBOUR_CLAUSES = 1;

/**
 * Names and places of all features of a text: `w:` stems, `b:` neighbouring stems, `s:` neighbouring content stems, `c:` concepts,
 * `p:` two concepts in one clause, `n:` in neighbouring clauses, `r:`, `cr:` in the words of a reply, `f:` facts, `d:` two facts or a fact and a concept. `!` negated, `?` asked, `l:` in artefacts.
 */
export function readFeatures(
  passage: Passage,
  facts: readonly Fact[],
  functionWords: ReadonlySet<string>,
  replies: readonly FeatureSpan[] = [],
): Map<string, FeatureSpan> {
  const features = new Map<string, FeatureSpan>();
  const put = (name: string, start: number, end: number): void => {
    if (!features.has(name)) features.set(name, { start, end });
  };
  const { tokens, stems, zones, negated, clauses } = passage;
  const count = Math.min(tokens.length, MOST_TOKENS);
  const replied = (offset: number): boolean => replies.some((span) => offset >= span.start && offset < span.end);
  let content = -1;
  for (let i = 0; i < count; i++) {
    const token = tokens[i];
    const stem = stems[i] ?? '';
    if (!token) continue;
    const printed = zones[i] === 'artefact';
    const mark = printed ? 'l' : 'w';
    const word = negated[i] === true ? `!${stem}` : stem;
    put(`${mark}:${word}`, token.start, token.end);
    const previous = tokens[i - 1];
    if (replied(token.start)) {
      put(`r:${stem}`, token.start, token.end);
      if (previous && replied(previous.start)) put(`r:${stems[i - 1] ?? ''} ${stem}`, previous.start, token.end);
    }
    if (previous && clauses[i] === clauses[i - 1]) put(`${printed ? 'm' : 'b'}:${stems[i - 1] ?? ''} ${stem}`, previous.start, token.end);
    if (functionWords.has(token.norm)) continue;
    const before = content >= 0 ? tokens[content] : undefined;
    if (before && content < i - 1 && clauses[content] === clauses[i] && !printed) put(`s:${stems[content] ?? ''} ${word}`, before.start, token.end);
    content = i;
  }
  const names = passage.mentions.map((m) => `${m.negated ? '!' : ''}${m.concept}`);
  const clauseMembers = new Map<number, number[]>();
  passage.mentions.forEach((mention, i) => {
    if (mention.from >= count) return;
    const name = names[i] ?? '';
    const zone = mention.zone === 'artefact' ? 'cl' : 'c';
    put(`${zone}:${name}`, mention.start, mention.end);
    if (replied(mention.start)) put(`cr:${name}`, mention.start, mention.end);
    if (mention.asked) put(`c:?${name}`, mention.start, mention.end);
    if (mention.zone === 'quote') put(`c:>${name}`, mention.start, mention.end);
    const members = clauseMembers.get(mention.clause);
    if (members) members.push(i);
    else clauseMembers.set(mention.clause, [i]);
  });
  for (const [clause, members] of clauseMembers) {
    const own = members.slice(0, 14);
    const next: number[] = [];
    for (let step = 1; step <= NEIGHBOUR_CLAUSES; step++) next.push(...(clauseMembers.get(clause + step) ?? []).slice(0, 10));
    for (const a of own) {
      const first = passage.mentions[a];
      if (!first) continue;
      for (const b of own) {
        const second = passage.mentions[b];
        if (!second || b <= a || first.concept === second.concept) continue;
        const [x, y] = [names[a] ?? '', names[b] ?? ''].sort();
        put(`p:${x}+${y}`, Math.min(first.start, second.start), Math.max(first.end, second.end));
      }
      for (const b of next) {
        const second = passage.mentions[b];
        if (!second || first.concept === second.concept) continue;
        put(`n:${names[a] ?? ''}>${names[b] ?? ''}`, first.start, second.end);
      }
    }
  }
  const distinct = new Map<string, Fact>();
  for (const fact of facts) if (!distinct.has(fact.fact)) distinct.set(fact.fact, fact);
  const list = [...distinct.values()].slice(0, 24);
  list.forEach((fact, i) => {
    put(`f:${fact.fact}`, fact.start, fact.end);
    for (const other of list.slice(i + 1)) {
      const [x, y] = [fact.fact, other.fact].sort();
      put(`d:${x}+${y}`, fact.start, fact.end);
    }
  });
  return features;
}
