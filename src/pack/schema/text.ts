// JSON Schema of text-<tag>.yaml: every sentence that a person reads, in one language. Which ids exist is held by a test over all languages.

const sentence = { type: 'string', minLength: 1, maxLength: 700 } as const;
const sentences = { type: 'object', additionalProperties: sentence } as const;

export const textSchema = {
  $id: 'text.json',
  type: 'object',
  additionalProperties: false,
  required: [
    'language',
    'causes',
    'fields',
    'questions',
    'checklist',
    'faq',
    'warnings',
    'findings',
    'phrases',
    'states',
    'kinds',
    'report',
    'slack',
    'talk',
    'page',
    'form',
  ],
  properties: {
    language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Z]{2})?$', description: 'BCP 47 tag.' },
    causes: {
      type: 'object',
      description: 'By cause id.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'short', 'fixes'],
        properties: {
          title: sentence,
          short: { ...sentence, maxLength: 60, description: 'For subjects.' },
          fixes: { type: 'array', items: sentence, minItems: 1 },
        },
      },
    },
    fields: {
      type: 'object',
      description: 'By field key; `timezone` too.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['label', 'question', 'why', 'explain'],
        properties: { label: sentence, question: sentence, why: sentence, explain: sentence, choices: sentences },
      },
    },
    questions: {
      type: 'object',
      description: 'Diagnostic questions by id; choices by answer id.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['text', 'why', 'choices'],
        properties: { text: sentence, why: sentence, choices: sentences },
      },
    },
    checklist: { ...sentences, description: 'Steps by id of checklist.yaml.' },
    faq: { ...sentences, description: 'Answers by id of faq.yaml.' },
    warnings: sentences,
    findings: {
      type: 'object',
      description:
        'By finding id: what is wrong and why it matters. Parameters: {written} the words at fault, {param} the right name of a parameter, {right} a right form; a suggestion whose parameter is not known is left out.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: { text: sentence, suggestion: sentence },
      },
    },
    phrases: { ...sentences, description: 'Short phrases; parameters in braces.' },
    states: { ...sentences, description: 'States of a checklist step.' },
    kinds: { ...sentences, description: 'Names of the kinds of credentials; `other` for any not listed.' },
    report: { ...sentences, description: 'Labels of the report on a terminal.' },
    slack: { ...sentences, description: 'What the Slack assistant says to staff; buttons at most 75 characters.' },
    talk: { ...sentences, description: 'Sentences of a conversation; parameters in braces.' },
    page: {
      ...sentences,
      description:
        'The support-chat page around the conversation. `humanMessage` is what its button says to the conversation.',
    },
    form: {
      ...sentences,
      description:
        'What `form.js` adds to a form, and the form page. Parameters in braces: {done}, {all}, {question}, {fix}, {kinds}, {count}, {names}.',
    },
  },
} as const;

type Sentences = Readonly<Record<string, string>>;

export interface CauseText {
  readonly title: string;
  /** A few words, for subjects. */
  readonly short: string;
  readonly fixes: readonly string[];
}

export interface FieldText {
  readonly label: string;
  readonly question: string;
  readonly why: string;
  readonly explain: string;
  readonly choices?: Sentences;
}

export interface QuestionText {
  readonly text: string;
  readonly why: string;
  readonly choices: Sentences;
}

export interface FindingText {
  readonly text: string;
  readonly suggestion?: string;
}

/** A text file as loaded; with its links and addresses filled in it is what stages use. */
export interface TextFile {
  readonly language: string;
  readonly causes: Readonly<Record<string, CauseText>>;
  readonly fields: Readonly<Record<string, FieldText>>;
  readonly questions: Readonly<Record<string, QuestionText>>;
  readonly checklist: Sentences;
  readonly faq: Sentences;
  readonly warnings: Sentences;
  readonly findings: Readonly<Record<string, FindingText>>;
  readonly phrases: Sentences;
  readonly states: Sentences;
  readonly kinds: Sentences;
  readonly report: Sentences;
  readonly slack: Sentences;
  readonly talk: Sentences;
  readonly page: Sentences;
  readonly form: Sentences;
}
