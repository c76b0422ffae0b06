// JSON Schemas of redact-*.yaml: credential shapes, names, carriers, harmless values, and the words of speech per language.

const strings = { type: 'array', items: { type: 'string', minLength: 1 } } as const;
const text = { type: 'string', minLength: 1 } as const;
const why = { ...text, description: 'Why the entry exists.' } as const;
const source = {
  ...text,
  description: 'Where the fact comes from: a page, a standard, a section of the fact sheet.',
} as const;
const examples = {
  type: 'object',
  description: 'Each `fires` text must lose something, each `silent` text must stay as it is; both are run as tests.',
  additionalProperties: false,
  required: ['fires', 'silent'],
  properties: { fires: { ...strings, minItems: 1 }, silent: { ...strings, minItems: 1 } },
} as const;
const kind = {
  type: 'string',
  pattern: '^[a-z][a-z-]*$',
  description: 'Kind of the credential, as in `[redacted:KIND]`.',
} as const;

const list = (what: string): object => ({
  type: 'object',
  description: what,
  additionalProperties: false,
  required: ['why', 'source', 'words', 'examples'],
  properties: { why, source, words: strings, examples },
});

/** redact-shapes.yaml */
export const redactShapesSchema = {
  $id: 'redact-shapes.json',
  type: 'object',
  additionalProperties: false,
  required: ['shapes'],
  properties: {
    shapes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'kind', 'why', 'source', 'pattern', 'examples'],
        anyOf: [{ required: ['starts'] }, { required: ['runs'] }],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$', description: 'Permanent id.' },
          kind,
          why,
          source,
          starts: { ...strings, description: 'Literals at which the pattern is tried.' },
          back: {
            enum: ['digits', 'word', 'hex'],
            description: 'The match begins with the run of such units before the literal.',
          },
          runs: { type: 'boolean', description: 'Tried on every long unbroken run instead.' },
          pattern: { ...text, description: 'Regular expression; a group named `value` narrows what goes.' },
          mustHave: {
            enum: ['digit', 'mixed'],
            description: 'What the value must hold besides: a digit, or letters of both cases or a digit.',
          },
          examples,
        },
      },
    },
  },
} as const;

/** redact-names.yaml */
export const redactNamesSchema = {
  $id: 'redact-names.json',
  type: 'object',
  additionalProperties: false,
  required: ['names', 'tails', 'harmlessEndings', 'harmlessWords'],
  properties: {
    names: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'kind', 'why', 'source', 'examples'],
        properties: {
          id: text,
          kind,
          why,
          source,
          strong: { ...strings, description: 'Any value under it goes, whatever follows the word in the name.' },
          plain: { ...strings, description: 'Must end the name or be followed by one of `tails`.' },
          random: { ...strings, description: 'Only a value that looks generated goes.' },
          examples,
        },
      },
    },
    tails: strings,
    harmlessEndings: strings,
    harmlessWords: strings,
  },
} as const;

/** redact-harmless.yaml */
export const redactHarmlessSchema = {
  $id: 'redact-harmless.json',
  type: 'object',
  additionalProperties: false,
  required: ['placeholderWords', 'stateWords', 'codeRoots', 'terms', 'topLevels', 'idLabels'],
  properties: {
    placeholderWords: list('A value made of these words only names itself.'),
    stateWords: list('States and types that stand where a value would.'),
    codeRoots: list('Objects that values are read from.'),
    terms: list('Terms of letters and digits that are no credentials.'),
    topLevels: list('Endings of host and file names.'),
    idLabels: list('Words before an identifier that a ticket needs.'),
  },
} as const;

const carrier = (extra: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required: ['why', 'source', 'examples', ...Object.keys(extra)],
  properties: { why, source, examples, ...extra },
});

/** redact-carriers.yaml */
export const redactCarriersSchema = {
  $id: 'redact-carriers.json',
  type: 'object',
  additionalProperties: false,
  required: ['headers', 'pairCues', 'pairNames', 'schemes', 'programs', 'calls', 'cookies', 'urlSchemes', 'pem'],
  properties: {
    headers: carrier({
      names: strings,
      stems: { ...strings, description: 'Parts of the name at which it is looked for.' },
      between: { ...strings, description: 'Words that may stand between the name and its value in running text.' },
    }),
    pairCues: carrier({ names: strings }),
    pairNames: carrier({ names: strings }),
    schemes: carrier({ names: strings }),
    programs: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['names', 'pair', 'secret', 'glued', 'examples'],
        properties: {
          names: { ...strings, minItems: 1 },
          when: { ...text, description: 'A word that must stand on the command line as well.' },
          pair: { ...strings, description: 'Flags whose argument is user and secret.' },
          secret: { ...strings, description: 'Flags whose argument is the secret.' },
          cookie: { ...strings, description: 'Flags whose argument is a cookie string.' },
          glued: { ...strings, description: 'Flags that the secret follows without a blank.' },
          joiners: { ...text, description: 'What stands between user and secret; `:` unless told.' },
          logon: { type: 'boolean', description: 'An argument `user/secret@where` is a log-on.' },
          last: { type: 'boolean', description: 'The last argument is the secret.' },
          examples,
        },
      },
    },
    calls: carrier({
      forms: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['at', 'names'],
          properties: { at: { type: 'integer', minimum: -2, maximum: 9 }, names: strings },
        },
      },
    }),
    cookies: carrier({
      harmless: strings,
      session: { ...strings, description: 'Parts of names that mark a session.' },
    }),
    urlSchemes: carrier({}),
    pem: carrier({}),
  },
} as const;

/** redact-speech-<tag>.yaml */
export const redactSpeechSchema = {
  $id: 'redact-speech.json',
  type: 'object',
  additionalProperties: false,
  required: [
    'language',
    'why',
    'source',
    'nouns',
    'userNouns',
    'links',
    'pronouns',
    'verbs',
    'from',
    'to',
    'and',
    'announce',
    'asks',
    'talk',
    'prose',
    'proseEndings',
    'fillers',
    'examples',
  ],
  properties: {
    language: { type: 'string', pattern: '^[a-z]{2,3}$' },
    why,
    source,
    nouns: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: { kind, strong: strings, weak: { ...strings, description: 'Wants a value that looks chosen.' } },
      },
    },
    userNouns: { ...strings, description: 'Nouns whose value is no secret.' },
    links: { ...strings, description: 'Between noun and value: is, was.' },
    pronouns: strings,
    verbs: { ...strings, description: 'Put a credential to use or change it.' },
    from: strings,
    to: strings,
    and: strings,
    announce: { ...strings, description: 'Phrases that promise a value in the next line or message.' },
    asks: { ...strings, description: 'Phrases of questions whose answer is a secret.' },
    copulas: { ...strings, description: 'Links that say what the value is: is, was, equals.' },
    asking: { ...strings, description: 'In a script without blanks: particles that make a question.' },
    slips: { ...strings, description: 'Nouns that are understood with one letter amiss.' },
    compounds: {
      ...strings,
      description: 'Words that make another thing of a noun right before them: manager, policy.',
    },
    talk: {
      ...strings,
      description: 'Words of credential talk that name no credential: sign in, the field, behind the colon.',
    },
    prose: { ...strings, description: 'Ordinary words: never a value by themselves.' },
    garbles: {
      ...strings,
      description: 'What stands in place of `or` in words that a machine translation has garbled.',
    },
    proseEndings: strings,
    fillers: { ...strings, description: 'May stand between noun, link and value.' },
    examples,
  },
} as const;
