// Conditions of rules: whether one holds for a text, and on which words. Semantics: rules/README.md.
import type { Condition } from '../pack/schema/cause';
import type { Mention, Passage } from '../text/mentions';
import type { Fact, FeatureSpan } from './features';

/** A text as conditions see it. */
export interface Scene {
  readonly passage: Passage;
  readonly facts: readonly Fact[];
}

/** A condition ready to be asked: the words that it holds on, or null. */
export type Check = (scene: Scene) => FeatureSpan | null;

const WHOLE: FeatureSpan = { start: 0, end: 0 };

/** Compiles a condition. Throws `SyntaxError` on a pattern that is no regular expression. */
export function compileCondition(condition: Condition): Check {
  const checks: Check[] = [];
  if (condition.all) {
    const parts = condition.all.map(compileCondition);
    checks.push((scene) => {
      let first: FeatureSpan | null = null;
      for (const part of parts) {
        const span = part(scene);
        if (!span) return null;
        if (!first || (first.end === 0 && span.end > 0)) first = span;
      }
      return first;
    });
  }
  if (condition.any) {
    const parts = condition.any.map(compileCondition);
    checks.push((scene) => {
      for (const part of parts) {
        const span = part(scene);
        if (span) return span;
      }
      return null;
    });
  }
  if (condition.not) {
    const part = compileCondition(condition.not);
    checks.push((scene) => (part(scene) ? null : WHOLE));
  }
  if (condition.fact !== undefined) {
    const name = condition.fact;
    checks.push((scene) => scene.facts.find((fact) => fact.fact === name) ?? null);
  }
  if (condition.concepts) checks.push(conceptCheck(condition.concepts, condition.within ?? 'clause', condition));
  if (condition.pattern !== undefined) {
    const pattern = new RegExp(condition.pattern, 'i');
    checks.push(({ passage }) => {
      const match = pattern.exec(passage.text.length > 65536 ? passage.text.slice(0, 65536) : passage.text);
      return match ? { start: match.index, end: match.index + match[0].length } : null;
    });
  }
  return (scene) => {
    let found: FeatureSpan | null = null;
    for (const check of checks) {
      const span = check(scene);
      if (!span) return null;
      if (!found || found.end === 0) found = span;
    }
    return found;
  };
}

type Within = 'clause' | 'sentence' | 'text';

const NO_MENTIONS: readonly Mention[] = [];
const indexes = new WeakMap<Passage, ReadonlyMap<string, readonly Mention[]>>();

/** Mentions of a passage by concept, in order of place; made once for each passage. */
function mentionsByConcept(passage: Passage): ReadonlyMap<string, readonly Mention[]> {
  const known = indexes.get(passage);
  if (known) return known;
  const index = new Map<string, Mention[]>();
  for (const mention of passage.mentions) {
    const list = index.get(mention.concept);
    if (list) list.push(mention);
    else index.set(mention.concept, [mention]);
  }
  indexes.set(passage, index);
  return index;
}

/** Mentions of all the concepts in one clause, sentence or text; the span runs over them, or over the first alone where the whole text is looked at. Linear in the mentions. */
function conceptCheck(
  written: readonly string[],
  within: Within,
  { asked, claimed }: Pick<Condition, 'asked' | 'claimed'>,
): Check {
  const wanted = written.map((name) => ({
    concept: name.replace(/^[!+]/, ''),
    polarity: name.startsWith('!') ? true : name.startsWith('+') ? false : undefined,
  }));
  const [lead, ...others] = wanted;
  if (!lead) return () => null;
  const fits = (mention: Mention, polarity: boolean | undefined): boolean =>
    (polarity === undefined || mention.negated === polarity) &&
    (asked === undefined || mention.asked === asked) &&
    (claimed === undefined || (mention.claimed === true) === claimed);
  const unit = (mention: Mention): number =>
    within === 'text' ? 0 : within === 'sentence' ? mention.sentence : mention.clause;
  return ({ passage }) => {
    const index = mentionsByConcept(passage);
    const leads = index.get(lead.concept);
    if (!leads) return null;
    for (const { concept } of others) if (!index.has(concept)) return null;
    const first = leads.find((mention) => fits(mention, lead.polarity));
    if (first === undefined) return null;
    if (others.length === 0) return { start: first.start, end: first.end };
    const places = others.map(({ concept, polarity }) => {
      const byUnit = new Map<number, Mention>();
      for (const mention of index.get(concept) ?? NO_MENTIONS)
        if (fits(mention, polarity) && !byUnit.has(unit(mention))) byUnit.set(unit(mention), mention);
      return byUnit;
    });
    for (const mention of leads) {
      if (!fits(mention, lead.polarity)) continue;
      let { start, end } = mention;
      const complete = places.every((byUnit) => {
        const other = byUnit.get(unit(mention));
        if (!other) return false;
        start = Math.min(start, other.start);
        end = Math.max(end, other.end);
        return true;
      });
      if (complete) return within === 'text' ? { start: mention.start, end: mention.end } : { start, end };
    }
    return null;
  };
}

/** Concept names that a condition speaks of, for lint. */
export function conceptsOf(condition: Condition): string[] {
  return [
    ...(condition.concepts ?? []).map((name) => name.replace(/^[!+]/, '')),
    ...[...(condition.all ?? []), ...(condition.any ?? []), ...(condition.not ? [condition.not] : [])].flatMap(
      conceptsOf,
    ),
  ];
}

/** Patterns that a condition holds, for lint. */
export function patternsOf(condition: Condition): string[] {
  return [
    ...(condition.pattern === undefined ? [] : [condition.pattern]),
    ...[...(condition.all ?? []), ...(condition.any ?? []), ...(condition.not ? [condition.not] : [])].flatMap(
      patternsOf,
    ),
  ];
}
