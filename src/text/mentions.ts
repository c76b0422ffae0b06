// Mentions of concepts with polarity, question and zone: what a text speaks of, free of its language.
import { type Lexicon, type PhraseMatch } from './lexicon';
import { commentColumn } from './code-lines';
import { lineZones, type Zone } from './lines';
import type { Stem } from './stem';
import { type Token, tokenise } from './tokens';

/** A concept said somewhere. Offsets in UTF-16 units; tokens inclusive. */
export interface Mention {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** Number of the clause, of the sentence. */
  readonly clause: number;
  readonly sentence: number;
  readonly negated: boolean;
  readonly asked: boolean;
  /** Said as the person's own belief: words of believing stand before it in its clause. */
  readonly claimed?: boolean;
  readonly zone: Zone;
}

/** A language as the engine reads it. `modifiers` name the concepts that negate or turn. */
export interface Reading {
  readonly lexicon: Lexicon;
  readonly stem: Stem;
}

/** A text taken apart once; all later stages read from it. */
export interface Passage {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly stems: readonly string[];
  readonly clauses: readonly number[];
  readonly sentences: readonly number[];
  readonly zones: readonly Zone[];
  /** Per token: inside the scope of a negation, inside a question. */
  readonly negated: readonly boolean[];
  readonly asked: readonly boolean[];
  readonly mentions: readonly Mention[];
}

/** Concept names with a meaning for the engine itself; a lexicon gives their words. */
export const NEGATES = 'mod-not';
export const TURNS = 'mod-but';
/** Negates what stands before it in its clause. */
export const NEGATES_BACK = 'mod-not-back';
/** Holds a negation that negates nothing ("no doubt", "not only"). */
export const NEGATES_NOTHING = 'mod-not-void';
/** Words of believing (`I think`, `probably`). */
export const CLAIMS = 'claims';
const SCOPE_TOKENS = 6;
const MOST_LINE = 2000;
const SENTENCE_END = /[.!?。！？\n]/;

/** A text cut into tokens, before any language reads it; keeps what each reading made of it, for texts that several languages read. */
export interface CutText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly zones: readonly Zone[];
  readonly read: Map<Reading, ReadTokens>;
}

interface ReadTokens {
  readonly stems: readonly string[];
  readonly matches: readonly PhraseMatch[];
}

export function cutText(text: string, limit = 65536): CutText {
  const tokens = tokenise(text, limit);
  return { text, tokens, zones: zonesOf(text, tokens, limit), read: new Map() };
}

/** Per token. A comment behind a program's line is a person's words again. */
function zonesOf(text: string, tokens: readonly Token[], limit: number): Zone[] {
  const zoneOfLine = lineZones(text, limit);
  let line = -1;
  let comment = Infinity;
  return tokens.map((token) => {
    const zone = zoneOfLine[token.line] ?? 'prose';
    if (zone !== 'code') return zone;
    if (token.line !== line) {
      line = token.line;
      const start = text.lastIndexOf('\n', token.start) + 1;
      const column = commentColumn(text.slice(start, start + MOST_LINE));
      comment = column === undefined ? Infinity : start + column;
    }
    return token.start < comment ? 'code' : 'artefact';
  });
}

function readTokens({ tokens, read }: CutText, reading: Reading): ReadTokens {
  const known = read.get(reading);
  if (known) return known;
  const stems = tokens.map((token) => reading.lexicon.correct(reading.stem(token.norm)));
  const made = { stems, matches: reading.lexicon.match(tokens, stems) };
  read.set(reading, made);
  return made;
}

/** Takes `text` apart with the readings of its language (first) and of the pack's default. */
export function readPassage(text: string, readings: readonly Reading[], limit = 65536): Passage {
  return readCut(cutText(text, limit), readings);
}

/** The same of a text that was cut before. */
export function readCut(cut: CutText, readings: readonly Reading[]): Passage {
  const { text, tokens, zones } = cut;
  const first = readings[0];
  const stems = first ? readTokens(cut, first).stems : tokens.map((token) => token.norm);

  const matches: PhraseMatch[] = [];
  const seen = new Set<string>();
  for (const reading of readings) {
    for (const match of readTokens(cut, reading).matches) {
      const key = `${match.concept}\n${match.from}\n${match.to}`;
      if (!seen.has(key)) matches.push(match);
      seen.add(key);
    }
  }

  const turns = new Set(matches.filter((match) => match.concept === TURNS).map((match) => match.from));
  const clauses: number[] = [];
  const sentences: number[] = [];
  let clause = 0;
  let sentence = 0;
  tokens.forEach((token, i) => {
    const previous = tokens[i - 1];
    if (previous) {
      const gap = text.slice(previous.end, token.start);
      if (token.breaks || turns.has(i)) clause++;
      if (SENTENCE_END.test(gap) && !/^\.\S/.test(gap)) sentence++;
    }
    clauses.push(clause);
    sentences.push(sentence);
  });

  const negated = negationScope(matches, clauses);
  const askedSentences = new Set<number>();
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (next && sentences[i + 1] === sentences[i]) return;
    if (/[?？]/.test(text.slice(token.end, next ? next.start : token.end + 4))) askedSentences.add(sentences[i] ?? 0);
  });
  const asked = tokens.map((_, i) => askedSentences.has(sentences[i] ?? -1));

  const claims = new Map<number, number>();
  for (const { concept, from } of matches) {
    const clauseOf = clauses[from] ?? 0;
    if (concept === CLAIMS && zones[from] === 'prose')
      claims.set(clauseOf, Math.min(from, claims.get(clauseOf) ?? from));
  }
  const mentions = matches
    .map((match) => ({
      concept: match.concept,
      from: match.from,
      to: match.to,
      start: tokens[match.from]?.start ?? 0,
      end: tokens[match.to]?.end ?? 0,
      clause: clauses[match.from] ?? 0,
      sentence: sentences[match.from] ?? 0,
      negated: match.concept !== NEGATES && negated[match.from] === true,
      asked: asked[match.from] === true,
      claimed: match.concept !== CLAIMS && (claims.get(clauses[match.from] ?? 0) ?? Infinity) < match.from,
      zone: zones[match.from] ?? 'prose',
    }))
    .filter(({ zone }) => zone !== 'code')
    .sort((a, b) => a.from - b.from || b.to - a.to || (a.concept < b.concept ? -1 : 1));
  return { text, tokens, stems, clauses, sentences, zones, negated, asked, mentions: longest(mentions) };
}

/** Of mentions of one concept that overlap, the longest stays. */
function longest(mentions: readonly Mention[]): Mention[] {
  const lastEnd = new Map<string, number>();
  return mentions.filter((mention) => {
    const end = lastEnd.get(mention.concept) ?? -1;
    if (mention.to <= end) return false;
    lastEnd.set(mention.concept, mention.to);
    return true;
  });
}

/** Per token, whether a negation reaches it: a few tokens onwards, or backwards for words that deny what was said, within the clause. */
function negationScope(matches: readonly PhraseMatch[], clauses: readonly number[]): boolean[] {
  const negated = clauses.map(() => false);
  const idle = new Set<number>();
  for (const match of matches)
    if (match.concept === NEGATES_NOTHING) for (let i = match.from; i <= match.to; i++) idle.add(i);
  for (const { concept, from, to } of matches) {
    if (concept === NEGATES && !idle.has(from)) {
      for (let i = to + 1; i < clauses.length && i <= to + SCOPE_TOKENS && clauses[i] === clauses[to]; i++)
        negated[i] = true;
    } else if (concept === NEGATES_BACK && !idle.has(from)) {
      for (let i = from - 1; i >= 0 && i >= from - SCOPE_TOKENS && clauses[i] === clauses[from]; i--) negated[i] = true;
    }
  }
  return negated;
}
