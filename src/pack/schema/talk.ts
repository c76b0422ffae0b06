// JSON Schema of talk-<tag>.yaml: the words by which people steer a talk and answer in short, in one language.

const phrases = { type: 'array', items: { type: ['string', 'number'] } } as const;
const words = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 60 } } as const;

export const talkSchema = {
  $id: 'talk.json',
  type: 'object',
  additionalProperties: false,
  required: ['language', 'intents', 'names', 'choices', 'time'],
  properties: {
    language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Z]{2})?$', description: 'BCP 47 tag.' },
    sets: {
      type: 'object',
      additionalProperties: phrases,
      description: 'Words that take each other’s place in phrases, written @name there.',
    },
    intents: {
      type: 'object',
      description: 'Phrases by what they mean in a talk; syntax as in lang files.',
      propertyNames: { pattern: '^[a-z0-9][a-z0-9-]*$' },
      additionalProperties: phrases,
    },
    names: { type: 'object', additionalProperties: words, description: 'Names of languages by tag.' },
    choices: {
      type: 'object',
      description: 'Phrases by question or field, then by answer: what people say in place of a label.',
      additionalProperties: { type: 'object', additionalProperties: phrases },
    },
    time: {
      type: 'object',
      additionalProperties: false,
      required: ['before', 'after', 'units', 'numbers', 'now', 'days'],
      properties: {
        before: { ...words, description: 'Stands before a span of time that is over.' },
        after: { ...words, description: 'Stands behind a span of time that is over.' },
        units: { type: 'object', additionalProperties: words, description: 'Words by length in minutes.' },
        numbers: { type: 'object', additionalProperties: { type: 'number' }, description: 'Number words.' },
        now: { ...words, description: 'This very moment.' },
        days: { type: 'object', additionalProperties: words, description: 'Words by days back from today.' },
        clock: {
          type: 'object',
          description: 'Clock times as they are spoken.',
          additionalProperties: false,
          required: ['say', 'hours', 'parts'],
          properties: {
            say: {
              type: 'object',
              additionalProperties: { type: 'number', minimum: -59, maximum: 59 },
              description:
                'Phrases with {h} (an hour) and {m} (minutes in digits), words to choose from with |; by the minutes that they add.',
            },
            hours: { type: 'object', additionalProperties: { type: 'number' }, description: 'Words for hours.' },
            parts: {
              type: 'object',
              additionalProperties: false,
              description: 'Words for parts of the day: they tell which half of the day an hour is of.',
              properties: { am: words, noon: words, pm: words, night: words },
            },
          },
        },
      },
    },
  },
} as const;

export type Phrases = readonly (string | number)[];

/** A talk file as loaded. */
export interface TalkData {
  readonly language: string;
  readonly sets?: Readonly<Record<string, Phrases>>;
  readonly intents: Readonly<Record<string, Phrases>>;
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly choices: Readonly<Record<string, Readonly<Record<string, Phrases>>>>;
  readonly time: {
    readonly before: readonly string[];
    readonly after: readonly string[];
    readonly units: Readonly<Record<string, readonly string[]>>;
    readonly numbers: Readonly<Record<string, number>>;
    readonly now: readonly string[];
    readonly days: Readonly<Record<string, readonly string[]>>;
    readonly clock?: {
      readonly say: Readonly<Record<string, number>>;
      readonly hours: Readonly<Record<string, number>>;
      readonly parts: Readonly<Partial<Record<'am' | 'noon' | 'pm' | 'night', readonly string[]>>>;
    };
  };
}
