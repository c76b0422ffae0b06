// The pack's redaction data in the form that a browser fetches: small, and without what only people who review a rule read.
import type { HarmlessData, RedactPackData, SpeechData } from '../pack';
import { plainLetters } from '../speech/lexicon';
import { compress, expand } from './coder';

/** Keys of rule files that no detector reads. */
const FOR_PEOPLE = new Set(['why', 'source', 'examples']);

/** Lists of a language whose order and doubles tell nothing: all languages are read as one. */
const JOINED = [
  'links',
  'pronouns',
  'verbs',
  'from',
  'to',
  'and',
  'fillers',
  'userNouns',
  'copulas',
  'talk',
  'announce',
  'asks',
  'compounds',
  'asking',
  'proseEndings',
] as const;

/** The data without what is for people and what tells nothing; the ordinary words of all languages as one sorted list. */
export function reduceRedaction(data: RedactPackData): RedactPackData {
  const { speech, harmless, names, ...others } = data;
  const endings = speech.flatMap((language) => language.proseEndings);
  // A word that its ending makes ordinary need not be listed; garbled forms of words with `or` are looked up in the list.
  const isListed = (word: string): boolean =>
    !/^\p{L}+$/u.test(word) ||
    word.includes('or') ||
    !endings.some((ending) => word.length > ending.length + 2 && word.endsWith(ending));
  const words = speech.flatMap((language) => language.prose.map((word) => bareForm(word.toLowerCase())));
  const known = knownOtherwise(speech, words);
  const prose = [...new Set(words)].filter((word) => isListed(word) && !WIDE.test(word) && !known.has(word)).sort();
  const lean = withoutDoubles(speech).map((language, i): SpeechData => ({ ...language, prose: i === 0 ? prose : [] }));
  const ruled = names.names.map((rule) => ({
    ...rule,
    strong: inOrder(rule.strong),
    plain: inOrder(rule.plain),
    random: inOrder(rule.random),
  }));
  return strip({
    ...others,
    harmless: inOrderAll(harmless),
    names: { ...names, names: ruled, tails: inOrder(names.tails), harmlessEndings: inOrder(names.harmlessEndings) },
    speech: lean,
  }) as RedactPackData;
}

function inOrderAll(data: HarmlessData): HarmlessData {
  const { placeholderWords, stateWords, codeRoots, terms, topLevels, idLabels } = data;
  const ordered = <T extends { readonly words: readonly string[] }>(list: T): T => ({
    ...list,
    words: inOrder(list.words),
  });
  return {
    placeholderWords: ordered(placeholderWords),
    stateWords: ordered(stateWords),
    codeRoots: ordered(codeRoots),
    terms: ordered(terms),
    topLevels: ordered(topLevels),
    idLabels: ordered(idLabels),
  };
}

const inOrder = (list: readonly string[] = []): string[] => [...list].sort();

/** The first language that has a word keeps it: a noun counts as what it is called first. */
function withoutDoubles(speech: readonly SpeechData[]): SpeechData[] {
  const seen = new Map<string, Set<string>>();
  const fresh = (key: string, list: readonly string[]): string[] => {
    const met = seen.get(key) ?? new Set();
    seen.set(key, met);
    return list.filter((written) => {
      const word = written.toLowerCase();
      if (met.has(word)) return false;
      met.add(word);
      // "é" without its mark is another word.
      const plain = plainLetters(word);
      if (plain.length > 1) met.add(plain);
      return true;
    });
  };
  return speech.map((language) => ({
    ...language,
    nouns: language.nouns.map(({ kind, strong = [], weak = [] }) => ({
      kind,
      strong: fresh('nouns', strong).sort(),
      weak: fresh('nouns', weak).sort(),
    })),
    ...Object.fromEntries(JOINED.map((key) => [key, fresh(key, language[key] ?? []).sort()])),
  }));
}

/** A script without blanks: its words are ordinary by themselves. */
const WIDE = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$/;
/** Letters with a tone: a word with one is ordinary, only its form without marks must be listed. */
const TONED = /[\u1ea0-\u1ef9ăđơư]/;

function bareForm(word: string): string {
  return TONED.test(word) && /^\p{L}{2,}$/u.test(word) ? plainLetters(word) : word;
}

/** Words that are ordinary for what else they are: nouns, links and the like, and another word without its marks. */
function knownOtherwise(speech: readonly SpeechData[], words: readonly string[]): ReadonlySet<string> {
  const others = speech.flatMap((data) => [
    ...data.nouns.flatMap(({ strong = [], weak = [] }) => [...strong, ...weak]),
    ...[data.copulas ?? [], data.links, data.pronouns, data.verbs, data.from, data.to, data.and, data.fillers].flat(),
    ...data.userNouns,
  ]);
  const known = new Set(others.map((word) => word.toLowerCase()));
  for (const word of [...known, ...words]) {
    const plain = plainLetters(word);
    if (plain !== word && plain.length > 1) known.add(plain);
  }
  return known;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (FOR_PEOPLE.has(key) ? [] : [[key, strip(part)]])),
  );
}

/** The data as bytes: JSON, and below it a line for each ordinary word; two thirds of the size are theirs. */
export function packRedaction(data: RedactPackData): Uint8Array {
  const { speech, ...others } = reduceRedaction(data);
  const [first, ...more] = speech;
  const words = first?.prose ?? [];
  const lean = first === undefined ? [] : [{ ...first, prose: [] }, ...more];
  const text = [JSON.stringify({ ...others, speech: lean }), ...words].join('\n');
  return compress(new TextEncoder().encode(text));
}

/** What `createRedactor` takes, read back; `rest` is awaited now and then, so that a page stays alive. */
export async function unpackRedaction(bytes: Uint8Array, rest: () => Promise<void>): Promise<RedactPackData> {
  const [json = '', ...prose] = new TextDecoder().decode(await expand(bytes, rest)).split('\n');
  const { speech, ...others } = JSON.parse(json) as RedactPackData;
  return { ...others, speech: speech.map((language, i) => (i === 0 ? { ...language, prose } : language)) };
}
