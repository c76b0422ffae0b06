// What a line of running text tells of credentials, and what it leaves for the next line.
import type { Search } from '../finding';
import { changed } from './changed';
import { chosenness } from './chosen';
import { codes } from './codes';
import { HARD_LINK, Line, type Around, type Context, type Mention } from './line';
import { pairs } from './pairs';
import { mailPairs, phrases } from './phrase';
import { pointed, unlinked, weighed } from './talk';
import { ahead, behind } from './tied';
import { tokenise, type Token } from './tokens';

/** Words of a question that names little but the credential, with a chat's time and name. */
const SHORT_QUESTION = 8;

interface Outcome {
  /** Kind of the last noun. */
  readonly noun?: string;
  /** Kind of the value that the line waits for on the next. */
  readonly waits?: string;
  /** Only what plainly was made up is that value. */
  readonly doubtful?: boolean;
}

/** Finds what the line [from, to) tells. Returns the kind of the last noun and whether the line waits for a value on the next. */
export function findSpeech(
  search: Search,
  from: number,
  to: number,
  mentions: readonly Mention[],
  context: Context,
): Outcome {
  const line = new Line(search, tokenise(search.text, from, to), mentions);
  if (context.waiting !== undefined && takeAlone(line, context.waiting, context.doubtful)) return {};
  run(line, context.near, context.around);
  return outcome(line);
}

function run(line: Line, near: string | undefined, around: Around): void {
  for (let i = 0; i < line.tokens.length; i++) {
    const mention = line.owner[i];
    if (mention === undefined || mention.noun.kind === 'user' || line.owner[i + 1] === mention || line.isPlaceholder(i))
      continue;
    let first = i;
    while (first > 0 && line.owner[first - 1] === mention) first--;
    ahead(line, i, mention);
    behind(line, first, i, mention);
  }
  unlinked(line);
  changed(line, near);
  pairs(line, near);
  codes(line, around);
  if (!line.isRunningText()) {
    weighed(line, around);
    return;
  }
  phrases(line);
  if (around.nouns > 0 || line.mentions.some((mention) => mention.noun.kind !== 'user')) mailPairs(line);
  if (near !== undefined || line.mentions.some((mention) => mention.noun.kind !== 'user'))
    pointed(line, line.kindOf(near));
  weighed(line, around);
}

function outcome(line: Line): Outcome {
  const last = line.mentions.filter((mention) => mention.noun.kind !== 'user').at(-1);
  if (last === undefined) return {};
  const noun = last.noun.kind;
  const final = line.tokens.at(-1);
  if (line.taken.size > 0 || final === undefined || line.tokens.some((token) => token.text.includes('redacted:')))
    return { noun };
  const lastOwner = line.owner.lastIndexOf(last);
  // A run without blanks goes on behind the noun: a statement, no heading.
  if (lastOwner === line.tokens.length - 1 && last.end < final.end) return { noun };
  // "the api pass?": the next line of a chat may answer.
  if (final.trail.startsWith('?') && line.tokens.length <= SHORT_QUESTION) return { noun, waits: noun, doubtful: true };
  const { lexicon } = line.search.pack;
  // "Password rejected. Server:" waits for something else.
  if (lexicon.labels.has(final.lower) && line.sentence.at(-1) !== line.sentence.at(-2)) return { noun };
  const colon = /[:=：]$/.test(final.text + final.trail) || HARD_LINK.test(final.text);
  const short =
    line.tokens.length <= 5 &&
    line.tokens.slice(lastOwner + 1).every((token) => lexicon.has('link', token.lower)) &&
    !/[.?!]/.test(final.trail);
  if (colon || (short && last.noun.strong && line.tokens.length <= 3)) return { noun, waits: noun };
  if (!line.isRunningText()) return {};
  const words = line.tokens.length > 40 ? '' : line.lineText();
  const announced = words !== '' && lexicon.announce.some((phrase) => words.includes(phrase));
  return announced ? { noun, waits: noun } : { noun };
}

/** A short line that says of something that it is or became what stands on the next: "It was set to", "Exactly as follows:". */
export function pointsOn(line: Line): boolean {
  const { lexicon } = line.search.pack;
  const final = line.tokens.at(-1);
  if (final?.trail === ':') {
    const words = line.lineText();
    return lexicon.announce.some((phrase) => words.includes(phrase));
  }
  return (
    final !== undefined &&
    final.trail === '' &&
    line.taken.size === 0 &&
    line.tokens.length <= 6 &&
    (lexicon.has('link', final.lower) || lexicon.has('to', final.lower)) &&
    line.before(line.tokens.length - 1, 4).some((token) => lexicon.has('pronoun', token.lower)) &&
    line
      .before(line.tokens.length - 1, 4)
      .some((token) => lexicon.has('verb', token.lower) || lexicon.has('link', token.lower))
  );
}

/** The time of a chat's line, or the name before its colon. */
function isChatHead({ text, trail }: Token): boolean {
  return /^\d{1,2}:\d\d(?::\d\d)?$/.test(text) || (trail === ':' && /^\p{L}+$/u.test(text));
}

/** A line that is nothing but a value, after a line that asked for it. */
function takeAlone(line: Line, kind: string, doubtful: boolean): boolean {
  const { tokens } = line;
  if (tokens.length === 0 || tokens.length > 4 || line.mentions.length > 0) return false;
  if (doubtful) {
    const last = tokens.length - 1;
    if (!tokens.every((token, i) => i === last || isChatHead(token))) return false;
    if (!/^(?:strong|medium)$/.test(line.look(last, true)) || chosenness((tokens[last] as Token).text) < 3)
      return false;
    line.take(last, kind);
    return true;
  }
  if (/[:=]$/.test(tokens[0]?.trail ?? '') || /^[\w-]+:$/.test(tokens[0]?.text ?? '')) return false;
  const strong = tokens.findIndex((_, i) => line.look(i, true) === 'strong' || line.look(i, true) === 'medium');
  if (strong >= 0) {
    line.take(strong, kind);
    return true;
  }
  const first = tokens[0] as Token;
  if (tokens.length === 1 && line.look(0, true) === 'word' && first.text.length >= 4 && !/:$/.test(first.trail)) {
    line.take(0, kind);
    return true;
  }
  return false;
}
