// Turns the pack's redaction data into what the detectors use. All tables are built once.
import { KeywordScanner } from './keyword-scanner';
import { Look, type Strength } from './look';
import { Lexicon } from './speech/lexicon';
import { Names } from './names';
import { Slips } from './slips';
import type { ProgramRule, RedactPackData, ShapeRule } from './pack';

/** What a keyword found by the scanner announces. */
export type Cue =
  | { readonly type: 'name' }
  | { readonly type: 'shape'; readonly shape: CompiledShape; readonly start: string }
  | { readonly type: 'header' }
  | { readonly type: 'program'; readonly program: ProgramRule; readonly word: string }
  | { readonly type: 'call'; readonly at: number }
  | {
      readonly type: 'fixed';
      readonly what:
        | 'url'
        | 'pem'
        | 'cookie'
        | 'jdbc'
        | 'identified'
        | 'putty'
        | 'jar'
        | 'pass-file'
        | 'before-user'
        | 'slash-flag'
        | 'pair-flag'
        | 'twin'
        | 'sealed';
    }
  | { readonly type: 'encoding'; readonly encoding: 'percent' | 'html' | 'unicode' }
  | { readonly type: 'pair' }
  | { readonly type: 'slip' }
  | { readonly type: 'speech' };

export interface CompiledShape {
  readonly rule: ShapeRule;
  readonly regex: RegExp;
}

/** The compiled pack. */
export interface Compiled {
  readonly scanner: KeywordScanner;
  /** The lexicon's words for users and accounts. */
  readonly userScanner: KeywordScanner;
  /** By keyword number. */
  readonly cues: readonly (readonly Cue[])[];
  /** By keyword number: 1 where the keyword is a cue for running text and for nothing else. */
  readonly spoken: Uint8Array;
  readonly runShapes: readonly CompiledShape[];
  readonly names: Names;
  readonly slips: Slips;
  readonly look: Look;
  /** How the words of the text at hand look, with and without a link before them; emptied after each text. */
  readonly looks: { readonly free: Map<string, Strength>; readonly linked: Map<string, Strength> };
  readonly lexicon: Lexicon;
  readonly headerNames: ReadonlySet<string>;
  readonly schemes: ReadonlySet<string>;
  readonly harmlessCookies: ReadonlySet<string>;
  readonly idLabels: readonly string[];
  /** Endings of names whose value holds user and secret. */
  readonly pairNames: readonly string[];
  /** Parts of cookie names that mark a session. */
  readonly sessionCookies: readonly string[];
  /** What may stand between the header's name and its value in running text. */
  readonly between: RegExp;
}

const FIXED = [
  ['://', 'url'],
  ['-----begin', 'pem'],
  ['---- begin', 'pem'],
  ['private-lines:', 'putty'],
  ['cookie', 'cookie'],
  ['jdbc:', 'jdbc'],
  ['identified by', 'identified'],
  ['identified with', 'identified'],
  ['values', 'identified'],
  [':5432:', 'pass-file'],
  [':5433:', 'pass-file'],
  [':6432:', 'pass-file'],
  [':*:', 'pass-file'],
  [' /user:', 'before-user'],
  ["-b '", 'jar'],
  ['-b "', 'jar'],
  [' /p:', 'slash-flag'],
  [' /pw:', 'slash-flag'],
  [' p:', 'twin'],
  ['\np:', 'twin'],
  [' p=', 'twin'],
  ['\np=', 'twin'],
  ['kind: secret', 'sealed'],
  ['-user ', 'pair-flag'],
  ['-user=', 'pair-flag'],
] as const;

const ENCODED = [
  ['%3a', 'percent'],
  ['%3d', 'percent'],
  ['%22', 'percent'],
  ['%25', 'percent'],
  ['%7b', 'percent'],
  ['%20', 'percent'],
  ['&quot;', 'html'],
  ['&#', 'html'],
  ['&amp;', 'html'],
  ['&lt;', 'html'],
  ['&apos;', 'html'],
  ['\\u00', 'unicode'],
  ['\\x', 'unicode'],
  ['\\u04', 'unicode'],
  ['\\u5', 'unicode'],
  ['\\u6', 'unicode'],
  ['=3d', 'unicode'],
  ['=3a', 'unicode'],
] as const;

/** Compiles the redaction data. Throws on a pattern that is no regular expression. */
export function compileRedactPack(data: RedactPackData): Compiled {
  const byWord = new Map<string, Cue[]>();
  const add = (word: string, cue: Cue): void => {
    const key = word.toLowerCase();
    const list = byWord.get(key);
    if (list === undefined) byWord.set(key, [cue]);
    else if (cue.type !== 'speech' || !list.some((other) => other.type === 'speech')) list.push(cue);
  };
  const lexicon = new Lexicon(data.speech, data.harmless.idLabels.words);
  const slips = new Slips(
    data.speech.flatMap((language) => language.slips ?? []),
    (word) => lexicon.isOrdinary(word) && lexicon.nounOf(word) === undefined,
  );
  const names = new Names(data.names, slips);
  for (const stem of names.stems) add(stem, { type: 'name' });
  const runShapes: CompiledShape[] = [];
  for (const rule of data.shapes.shapes) {
    const shape = { rule, regex: new RegExp(rule.pattern, 'y') };
    if (rule.runs === true) runShapes.push(shape);
    for (const start of rule.starts ?? []) add(start, { type: 'shape', shape, start });
  }
  for (const stem of data.carriers.headers.stems) add(stem, { type: 'header' });
  for (const program of data.carriers.programs) {
    for (const word of program.names) add(word, { type: 'program', program, word });
  }
  for (const word of data.carriers.pairCues.names) add(word, { type: 'pair' });
  for (const call of data.carriers.calls.forms) for (const name of call.names) add(name, { type: 'call', at: call.at });
  for (const [word, what] of FIXED) add(word, { type: 'fixed', what });
  for (const [word, encoding] of ENCODED) add(word, { type: 'encoding', encoding });
  for (const word of lexicon.cueWords) add(word, { type: 'speech' });
  for (const piece of slips.pieces) add(piece, { type: 'slip' });
  const words = [...byWord.keys()];
  const set = (list: readonly string[]): ReadonlySet<string> => new Set(list.map((word) => word.toLowerCase()));
  const spoken = Uint8Array.from(byWord.values(), (cues) => (cues.every((cue) => cue.type === 'speech') ? 1 : 0));
  return {
    scanner: new KeywordScanner(words, (word) => spoken[word] === 1),
    userScanner: new KeywordScanner(lexicon.userWords),
    cues: [...byWord.values()],
    spoken,
    runShapes,
    names,
    slips,
    look: new Look(data.harmless),
    looks: { free: new Map(), linked: new Map() },
    lexicon,
    headerNames: set(data.carriers.headers.names),
    schemes: set(data.carriers.schemes.names),
    harmlessCookies: set(data.carriers.cookies.harmless),
    pairNames: data.carriers.pairNames.names.map((name) => name.replaceAll(' ', '')),
    sessionCookies: data.carriers.cookies.session,
    between: new RegExp(
      `[\\s\\\\"'\`*)\\]}]{0,4}\\s{0,3}(?:(?:${data.carriers.headers.between.join('|')}|=|→)[\\s:]{1,3}){0,4}`,
      'iy',
    ),
    idLabels: data.harmless.idLabels.words.map((word) => word.toLowerCase()),
  };
}
