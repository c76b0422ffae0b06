// What the statistical reader sees of a text: named features, each with the words it stands on.
import { CLAIMS, type Mention, type Passage } from '../text/mentions';

/** Where a feature was read, UTF-16 units. */
export interface FeatureSpan {
  readonly start: number;
  readonly end: number;
}

/** A fact read from artefacts, with its place. */
export interface Fact extends FeatureSpan {
  readonly fact: string;
}

/** Concept names with a meaning for the engine itself: values of settings that say yes or no. */
export const SAYS_YES = 'value-yes';
export const SAYS_NO = 'value-no';

/** A question of no more words is too short to tell of a case. */
const BARE_TOKENS = 6;
const BARE_BELIEF_TOKENS = 12;
const MOST_TOKENS = 3000;
const MOST_FACTS = 40;
const VALUE_SIGN = /^["'`\])]{0,3}[ \t]{0,3}(?:=>|[=:|;])[ \t]{0,3}/;
const EMPTY_VALUE = /^(?:["'`]{2}|\[\]|\{\}|[ \t]{0,3}(?:[,;}\])\r\n]|$))/;
const VALUE_REACH = 24;

/**
 * Names and places of all features of a text: `w:` stems, `b:` neighbouring stems in a clause, `c:` concepts; `l:`, `m:`, `cl:` the same in artefacts; `r:`, `cr:` in the words of a reply;
 * `v:` a concept that names a setting with an empty value, a yes or a no; `f:` facts. `!` negated, `?` asked, `>` quoted, `~` only believed. Of a text that is one short question or belief: `q:` concepts alone.
 */
export function readFeatures(
  passage: Passage,
  facts: readonly Fact[],
  replies: readonly FeatureSpan[] = [],
): Map<string, FeatureSpan> {
  const features = new Map<string, FeatureSpan>();
  const put = (name: string, start: number, end: number): void => {
    if (!features.has(name)) features.set(name, { start, end });
  };
  const { tokens, stems, zones, negated, clauses } = passage;
  if (facts.length === 0 && (isBareQuestion(passage) || isBareBelief(passage))) {
    for (const { concept, start, end } of passage.mentions) put(`q:${concept}`, start, end);
    return features;
  }
  const count = Math.min(tokens.length, MOST_TOKENS);
  const replied = insideOf(replies);
  for (let i = 0; i < count; i++) {
    const token = tokens[i];
    const stem = stems[i] ?? '';
    // Names in a program are no words of a person; what it does wrong comes as facts.
    if (!token || zones[i] === 'code') continue;
    const printed = zones[i] === 'artefact';
    put(`${printed ? 'l' : 'w'}:${negated[i] === true ? '!' : ''}${stem}`, token.start, token.end);
    const previous = tokens[i - 1];
    if (replied(token.start)) {
      put(`r:${stem}`, token.start, token.end);
      if (previous && replied(previous.start)) put(`r:${stems[i - 1] ?? ''} ${stem}`, previous.start, token.end);
    }
    if (previous && clauses[i] === clauses[i - 1])
      put(`${printed ? 'm' : 'b'}:${stems[i - 1] ?? ''} ${stem}`, previous.start, token.end);
  }
  const values = valuesByStart(passage.mentions);
  for (const mention of passage.mentions) {
    if (mention.from >= count) break;
    if (mention.concept === SAYS_YES || mention.concept === SAYS_NO) continue;
    const name = `${mention.claimed && !replied(mention.start) ? '~' : ''}${mention.negated ? '!' : ''}${mention.concept}`;
    const { start, end } = mention;
    put(`${mention.zone === 'artefact' ? 'cl' : 'c'}:${name}`, start, end);
    if (replied(start)) put(`cr:${name}`, start, end);
    if (mention.asked) put(`c:?${name}`, start, end);
    if (mention.zone === 'quote') put(`c:>${name}`, start, end);
    const value = settingValue(passage.text, end, values);
    if (value !== undefined) put(`v:${mention.concept}=${value}`, start, end);
  }
  let seen = 0;
  for (const { fact, start, end } of facts) {
    if (seen >= MOST_FACTS) break;
    if (!features.has(`f:${fact}`)) seen++;
    put(`f:${fact}`, start, end);
  }
  return features;
}

/** One short question and nothing else: it asks about a thing and tells of nothing that happened. */
function isBareQuestion({ tokens, sentences, asked, zones }: Passage): boolean {
  const last = tokens.length - 1;
  return last >= 0 && last < BARE_TOKENS && sentences[last] === 0 && asked[0] === true && zones[0] === 'prose';
}

/** A short text that says what somebody believes and nothing else: no ground for a verdict, least of all for another cause. */
function isBareBelief({ tokens, zones, mentions }: Passage): boolean {
  if (tokens.length >= BARE_BELIEF_TOKENS || zones[0] !== 'prose') return false;
  const told = mentions.filter((mention) => mention.concept !== CLAIMS);
  return told.length > 0 && told.every((mention) => mention.claimed === true);
}

/** Whether an offset lies in one of the spans; for offsets in any order. */
function insideOf(spans: readonly FeatureSpan[]): (offset: number) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  return (offset) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const span = sorted[low - 1];
    return span !== undefined && offset < span.end;
  };
}

function valuesByStart(mentions: readonly Mention[]): ReadonlyMap<number, string> {
  const values = new Map<number, string>();
  for (const { concept, start } of mentions) {
    if (concept === SAYS_YES) values.set(start, 'yes');
    else if (concept === SAYS_NO) values.set(start, 'no');
  }
  return values;
}

/** What stands behind a name that ends at `end`, if a sign of assignment does: `empty`, `yes`, `no`. */
function settingValue(text: string, end: number, values: ReadonlyMap<number, string>): string | undefined {
  const next = text.slice(end, end + VALUE_REACH);
  const sign = VALUE_SIGN.exec(next);
  if (!sign) return undefined;
  const rest = next.slice(sign[0].length);
  if (EMPTY_VALUE.test(rest) && (rest !== '' || end + sign[0].length >= text.length)) return 'empty';
  const quote = /^["'`([]?/.exec(rest)?.[0].length ?? 0;
  return values.get(end + sign[0].length + quote);
}
