// Values that no link ties to a noun: weighs what the sentence and its neighbours speak of, how the word stands in it, and its looks.
import { isChosen, chosenness, similar } from './chosen';
import { isExplained } from './explained';
import type { Noun } from './lexicon';
import { PAIR, type Around, type Line } from './line';
import type { Token } from './tokens';

/** What a value must reach to be redacted. */
const THRESHOLD = 5.5;
/** Letters of both cases and digits: neither keys pressed together nor a setting. */
const FULL = /^(?=.*\d)(?=.*\p{Lu})(?=.*\p{Ll})/u;
/** What a value gains that stands alone in brackets. */
const ALONE = 2.5;

/** Somewhere in a sentence with a noun: only what plainly was made up as a password. */
export function unlinked(line: Line): void {
  const kinds = nounsBySentence(line);
  if (kinds.size === 0) return;
  for (let i = 0; i < line.tokens.length; i++) {
    const noun = kinds.get(line.sentence[i] ?? -1);
    if (noun?.strong === true && isSetOff(line, i)) {
      line.take(i, noun.kind);
      continue;
    }
    if (noun === undefined || line.look(i) !== 'strong' || !isChosen((line.tokens[i] as Token).text)) continue;
    if (!line.isProtected(i) && line.worth((line.tokens[i] as Token).text) !== 0.75) line.take(i, noun.kind);
  }
}

/** Some words in quotes behind a link; digits alone in brackets, few words behind their noun. */
function isSetOff(line: Line, i: number): boolean {
  const { lexicon } = line.search.pack;
  const token = line.tokens[i] as Token;
  const noun = line.owner.findLastIndex((mention, k) => mention !== undefined && k < i);
  if (noun < 0) return false;
  if (token.quoted && /\s/.test(token.text))
    return lexicon.has('copula', line.tokens[i - 1]?.lower ?? '') && line.look(i) === 'medium';
  if (!/^\d{6,12}$/.test(token.text) || /^(?:19|20)\d{2}/.test(token.text)) return false;
  return (
    token.lead === '(' &&
    token.trail.startsWith(')') &&
    i - noun <= 4 &&
    line.owner[noun]?.noun.strong === true &&
    line.tokens.slice(noun + 1, i).every(({ trail, lower }) => trail === '' && !lexicon.has('user', lower)) &&
    !line.isIdentified(i)
  );
}

function nounsBySentence(line: Line): Map<number, Noun> {
  const kinds = new Map<number, Noun>();
  line.tokens.forEach((_, i) => {
    const mention = line.owner[i];
    const sentence = line.sentence[i] ?? 0;
    if (mention !== undefined && mention.noun.kind !== 'user' && kinds.get(sentence)?.strong !== true)
      kinds.set(sentence, mention.noun);
  });
  return kinds;
}

/** A sentence that points back: "It was X and is now Y", "(now: X)". */
export function pointed(line: Line, kind: string): void {
  const { lexicon } = line.search.pack;
  for (let i = 0; i < line.tokens.length; i++) {
    const looks = line.look(i);
    const token = line.tokens[i] as Token;
    if ((looks !== 'strong' && looks !== 'medium') || line.isProtected(i) || line.worth(token.text) === 0.75) continue;
    const before = line.before(i, 3);
    const tied =
      before.some((other) => lexicon.has('link', other.lower) || /[:=]$/.test(other.trail)) ||
      token.quoted ||
      /\(/.test(token.lead);
    const pronoun = before.some(
      (other) =>
        lexicon.has('pronoun', other.lower) || lexicon.has('verb', other.lower) || lexicon.wideEnds('verb', other.text),
    );
    if (looks === 'strong' && isChosen(token.text) && (tied || pronoun)) line.take(i, kind);
    else if (looks !== 'strong' && tied && pronoun && chosenness(token.text) >= 1) line.take(i, kind);
  }
}

/** Weighs every word of a line in which, or around which, people speak of credentials. */
export function weighed(line: Line, around: Around): void {
  const running = line.isRunningText();
  // Most lines hold nothing that looks chosen: then there is nothing to weigh it against.
  if (!line.tokens.some((_, i) => !line.taken.has(i) && (running || line.isLabelled(i)) && valueOf(line, i) !== 0))
    return;
  const kinds = nounsBySentence(line);
  const inLine = [...kinds.values()].some((noun) => noun.strong) ? 2.5 : kinds.size > 0 ? 1.5 : 0;
  const talk = talkBySentence(line);
  const talkInLine = [...talk.values()].reduce((sum, count) => sum + count, 0);
  // A second look: what stands beside a value that was taken is likelier to be one.
  for (const pass of [0, 1]) {
    for (let i = 0; i < line.tokens.length; i++) {
      if (line.taken.has(i) || !(running || line.isLabelled(i))) continue;
      const value = valueOf(line, i);
      if (value === 0 || (!running && value < 3 && !(i === 0 || talkInLine > 0 || kinds.size > 0))) continue;
      const sentence = line.sentence[i] ?? 0;
      const noun = kinds.get(sentence);
      const own = talk.get(sentence) ?? 0;
      const much = talkInLine >= 4 ? 1 : 0;
      const context = Math.max(noun === undefined ? 0 : noun.strong ? 3 : 2, inLine, around.nouns, much);
      const words = Math.min(2.5, own + 0.5 * Math.min(3, talkInLine - own + around.talk));
      const tie = ties(line, i);
      if ((context + words === 0 && value < 4 && (value < 3 || tie < ALONE)) || (!running && context === 0)) continue;
      const beside =
        pass === 1 && value >= 1 && [...line.taken].some((k) => line.sentence[k] === sentence && Math.abs(k - i) <= 10)
          ? 2
          : 0;
      const score = value + context + words + tie + beside;
      if (
        score <
        (value < 2
          ? THRESHOLD + 0.5
          : value === 4 && FULL.test(line.tokens[i]?.text ?? '')
            ? THRESHOLD - 0.5
            : THRESHOLD)
      )
        continue;
      if (line.isProtected(i) || line.isFound(i, around.found) || isExplained(line, i)) continue;
      line.take(i, noun?.kind ?? around.kind ?? line.kindOf(undefined), true);
    }
    if (line.taken.size === 0) return;
  }
}

/** How much the word looks chosen; of `user:value` the value. */
function valueOf(line: Line, i: number): number {
  const token = line.tokens[i] as Token;
  const looks = line.look(i);
  if (looks === 'none' || token.text.length > 64) return 0;
  if (token.quoted && /\s/.test(token.text)) return 0;
  const pair = token.quoted ? null : PAIR.exec(token.text);
  if (pair !== null && (pair[2] === ':' || chosenness(pair[1] ?? '') < 2)) {
    const value = chosenness(pair[3] ?? '');
    if (pair[2] === ':') return value === 0 ? 0 : value + 2;
    return value >= 3 && !line.search.pack.look.isInert(pair[3] ?? '') ? value : 0;
  }
  return looks === 'word' ? 0 : line.worth(token.text);
}

/** Words of credential talk in each sentence. */
function talkBySentence(line: Line): Map<number, number> {
  const { lexicon } = line.search.pack;
  const counts = new Map<number, number>();
  const first = line.tokens[0];
  const last = line.tokens.at(-1);
  if (first === undefined || last === undefined) return counts;
  const wide = lexicon.hasWide(line.search.text.slice(first.start, last.end));
  let words: string[] = [];
  line.tokens.forEach((token, i) => {
    if (token.quoted) words.push(...token.lower.split(' '));
    else words.push(token.lower);
    const sentence = line.sentence[i] ?? 0;
    if (sentence === line.sentence[i + 1]) return;
    counts.set(sentence, lexicon.talkIn(words, wide));
    words = [];
  });
  // Who speaks of a user or account speaks of a log-in.
  line.tokens.forEach((token, i) => {
    const sentence = line.sentence[i] ?? 0;
    const count = counts.get(sentence) ?? 0;
    if (count % 1 === 0 && (line.owner[i]?.noun.kind === 'user' || lexicon.has('user', token.lower)))
      counts.set(sentence, count + 0.5);
  });
  return counts;
}

/** How the word stands: brackets, quotes, behind a colon or a link, before a link, apposition, alone, beside one made alike. */
function ties(line: Line, i: number): number {
  const { lexicon } = line.search.pack;
  const token = line.tokens[i] as Token;
  const previous = line.sentence[i - 1] === line.sentence[i] || i === 0 ? line.tokens[i - 1] : undefined;
  const next = token.last ? undefined : line.tokens[i + 1];
  let tie = 0;
  // "the one from the first mail (X)": alone in its brackets.
  if (/[([]/.test(token.lead)) tie = /[)\]]/.test(token.trail) ? ALONE : 1.5;
  // The last word in brackets: "(currently X)".
  if (/^\S*\)/.test(token.trail) && line.before(i, 3).some((other) => other.lead.includes('('))) tie = 1.5;
  if (token.quoted || /["'`*]/.test(token.lead)) tie = Math.max(tie, 1);
  if (line.tokens[i - 1] === undefined) tie = Math.max(tie, 0.5);
  else if (/(?:[:=]|->)$/.test((line.tokens[i - 1] as Token).text + (line.tokens[i - 1] as Token).trail))
    tie = Math.max(tie, 1.5);
  if (previous !== undefined && /^(?:-+|=|:|→|->)$/.test(previous.text)) tie = Math.max(tie, 1.5);
  const before = line.before(i, 3);
  if (before.some((other) => lexicon.has('link', other.lower) || lexicon.wideEnds('link', other.text)))
    tie = Math.max(tie, 1.5);
  if (
    before.some(
      (other) =>
        lexicon.has('verb', other.lower) || lexicon.wideEnds('verb', other.text) || lexicon.has('pronoun', other.lower),
    )
  )
    tie = Math.max(tie, 1);
  if (next !== undefined && lexicon.has('link', next.lower) && !/[,;]/.test(token.trail)) tie = Math.max(tie, 1);
  // Apposition and ends.
  if (/,$/.test(previous?.trail ?? '') && (/,/.test(token.trail) || token.last || next === undefined))
    tie = Math.max(tie + 0.5, 1.5);
  else if (token.last || next === undefined || /[,;]/.test(token.trail)) tie += 0.5;
  if (line.tokens.length === 1) tie += 1;
  if (next !== undefined && lexicon.has('pronoun', next.lower) && token.trail === '') tie = Math.max(tie, 1.5);
  const alike = line.tokens.some(
    (other, k) => k !== i && Math.abs(k - i) <= 8 && line.look(k) === 'strong' && similar(token, other),
  );
  return tie + (alike ? 1 : 0);
}
