// The redaction part of a pack: the plain data of rules/redact-*.yaml.

/** Texts that must lose something, and texts that must stay as they are. Each is a test. */
export interface RedactExamples {
  readonly fires: readonly string[];
  readonly silent: readonly string[];
}

/** A credential known by its own form. */
export interface ShapeRule {
  readonly id: string;
  readonly kind: string;
  readonly why: string;
  readonly source: string;
  /** Literals by which the shape is found; the pattern is tried there. */
  readonly starts?: readonly string[];
  /** The pattern begins before the literal: with the run of these units. */
  readonly back?: 'digits' | 'word' | 'hex';
  /** Tried on every long unbroken run instead. */
  readonly runs?: boolean;
  readonly pattern: string;
  /** What the match must hold besides. */
  readonly mustHave?: 'digit' | 'mixed';
  readonly examples: RedactExamples;
}

export interface ShapesData {
  readonly shapes: readonly ShapeRule[];
}

/** Names under which values of one kind stand. */
export interface NameRule {
  readonly id: string;
  readonly kind: string;
  readonly why: string;
  readonly source: string;
  readonly strong?: readonly string[];
  readonly plain?: readonly string[];
  readonly random?: readonly string[];
  readonly examples: RedactExamples;
}

export interface NamesData {
  readonly names: readonly NameRule[];
  readonly tails: readonly string[];
  readonly harmlessEndings: readonly string[];
  readonly harmlessWords: readonly string[];
}

interface WordList {
  readonly why: string;
  readonly source: string;
  readonly words: readonly string[];
  readonly examples: RedactExamples;
}

export interface HarmlessData {
  readonly placeholderWords: WordList;
  readonly stateWords: WordList;
  readonly codeRoots: WordList;
  readonly terms: WordList;
  readonly topLevels: WordList;
  readonly idLabels: WordList;
}

export interface ProgramRule {
  readonly names: readonly string[];
  /** A word that must stand on the command line as well. */
  readonly when?: string;
  readonly pair: readonly string[];
  readonly secret: readonly string[];
  readonly cookie?: readonly string[];
  readonly glued: readonly string[];
  readonly joiners?: string;
  /** An argument `user/secret@where` is a log-on. */
  readonly logon?: boolean;
  /** The last argument is the secret. */
  readonly last?: boolean;
  readonly examples: RedactExamples;
}

export interface CarriersData {
  readonly headers: {
    why: string;
    source: string;
    names: readonly string[];
    stems: readonly string[];
    /** Words that may stand between the name and its value in running text. */
    between: readonly string[];
    examples: RedactExamples;
  };
  /** Words on whose line a quoted `user:secret` is a credential. */
  readonly pairCues: { why: string; source: string; names: readonly string[]; examples: RedactExamples };
  /** Endings of names whose value is user and secret joined. */
  readonly pairNames: { why: string; source: string; names: readonly string[]; examples: RedactExamples };
  readonly schemes: { why: string; source: string; names: readonly string[]; examples: RedactExamples };
  readonly programs: readonly ProgramRule[];
  readonly calls: {
    why: string;
    source: string;
    /** `at`: which argument is the secret; -1 where one literal holds user and secret; -2 any literal that looks chosen. */
    forms: readonly { at: number; names: readonly string[] }[];
    examples: RedactExamples;
  };
  readonly cookies: {
    why: string;
    source: string;
    harmless: readonly string[];
    session: readonly string[];
    examples: RedactExamples;
  };
  readonly urlSchemes: { why: string; source: string; examples: RedactExamples };
  readonly pem: { why: string; source: string; examples: RedactExamples };
}

/** Words of one language in which people tell a credential. */
export interface SpeechData {
  readonly language: string;
  readonly why: string;
  readonly source: string;
  /** Nouns by kind. A `strong` noun needs no more than a link; a `weak` one wants a value that looks chosen. */
  readonly nouns: readonly { kind: string; strong?: readonly string[]; weak?: readonly string[] }[];
  /** Nouns whose value is no secret: user name, account. */
  readonly userNouns: readonly string[];
  /** Words between noun and value: is, was, equals. */
  readonly links: readonly string[];
  /** Words that point back to what was named before: it, this. */
  readonly pronouns: readonly string[];
  /** Verbs that put a credential to use or change it. */
  readonly verbs: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly and: readonly string[];
  /** Words that tell a value later: I will send it next. */
  readonly announce: readonly string[];
  /** Words of credential talk that name no credential: sign in, the field, the part behind the colon. */
  readonly talk: readonly string[];
  /** Nouns of questions to which the answer is a secret, with the words that ask. */
  readonly asks: readonly string[];
  /** Links that say what the value is: is, was, equals. */
  readonly copulas?: readonly string[];
  /** In a script without blanks: particles that make a question. */
  readonly asking?: readonly string[];
  /** Words that make another thing of a noun right before them: manager, policy. */
  readonly compounds?: readonly string[];
  /** Nouns that are understood with one letter amiss. */
  readonly slips?: readonly string[];
  /** Ordinary words: never a value by themselves. */
  readonly prose: readonly string[];
  /** What stands in place of `or` inside words that a page's machine translation has garbled. */
  readonly garbles?: readonly string[];
  /** Endings of ordinary words. */
  readonly proseEndings: readonly string[];
  /** Words that may stand directly before a value: now, simply, just. */
  readonly fillers: readonly string[];
  readonly examples: RedactExamples;
}

/** Everything that `createRedactor` needs; the files of the pack, parsed. */
export interface RedactPackData {
  readonly shapes: ShapesData;
  readonly names: NamesData;
  readonly harmless: HarmlessData;
  readonly carriers: CarriersData;
  readonly speech: readonly SpeechData[];
}
