// Simulated people: how one answers what was asked. The rules are those of the dialogues' format, with the answers of one place given together on wish.
import fs from 'node:fs';

/** A simulated person; fields as in the dialogues that the driver of the service plays. */
export interface Person {
  readonly id: string;
  readonly lang: string;
  readonly persona: string;
  readonly opening: string;
  readonly facts: Readonly<Record<string, string | null>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly twists: readonly { readonly turn: number; readonly text: string }[];
  readonly primary: string;
  readonly acceptable?: readonly string[];
  readonly secrets: readonly string[];
  /** The person wants a human and is content with the hand-over. */
  readonly wantsHuman?: boolean;
}

const DUNNO: Readonly<Record<string, string>> = {
  en: "I don't know",
  zh: '不知道',
  vi: 'em không biết',
  ru: 'не знаю',
  es: 'no sé',
  pt: 'não sei',
  id: 'tidak tahu',
};
const SKIP: Readonly<Record<string, string>> = {
  en: 'skip',
  zh: '跳过',
  vi: 'bỏ qua',
  ru: 'пропустить',
  es: 'saltar',
  pt: 'pular',
  id: 'lewati',
};
const OPEN: Readonly<Record<string, string>> = {
  en: 'please open a ticket',
  zh: '请帮我提交工单',
  vi: 'mở ticket giúp em',
  ru: 'откройте тикет',
  es: 'abre un ticket por favor',
  pt: 'abra um ticket por favor',
  id: 'tolong buat tiket',
};

/** Reads people from JSONL files. */
export function readPeople(files: readonly string[]): Person[] {
  return files.flatMap((file) =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Person),
  );
}

/** What was asked last, as a person sees it. */
export interface Asked {
  /** Field key or id of a diagnostic question; empty where nothing was asked. */
  readonly key: string;
  /** Fields named beside it. */
  readonly also: readonly string[];
}

/** One person in one talk. */
export class Speaker {
  readonly asked = new Map<string, number>();
  /** Fields whose value was said in answer. */
  readonly said = new Set<string>();
  private defaults = 0;
  private turn = 1;

  /** `together`: answers the fields named beside a question too. */
  constructor(
    readonly person: Person,
    private readonly together: boolean,
  ) {}

  /** What the person says next. */
  answer({ key, also }: Asked): string {
    const { person } = this;
    this.turn++;
    const twist = person.twists.find(({ turn }) => turn === this.turn);
    if (twist) return twist.text;
    const times = (this.asked.get(key) ?? 0) + 1;
    this.asked.set(key, times);
    const fields = this.together ? [key, ...also] : [key];
    if (key in person.facts || key === 'timezone') {
      const parts = fields
        .map((field) => this.answerOf(field, field === key ? times : 1))
        .filter((text) => text !== '');
      return parts.length > 1 ? parts.join('\n') : (parts[0] ?? this.dunno);
    }
    const own = person.answers[key];
    if (own !== undefined) return own;
    this.defaults++;
    return this.defaults > 2 ? (OPEN[person.lang] ?? '') : (person.answers['default'] ?? this.dunno);
  }

  private get dunno(): string {
    return DUNNO[this.person.lang] ?? '';
  }

  private answerOf(field: string, times: number): string {
    const { answers, facts, lang } = this.person;
    if (field === 'timezone') return answers['timestamp#2'] ?? answers['timestamp'] ?? this.dunno;
    this.said.add(field);
    if (times > 2) return SKIP[lang] ?? '';
    const own = times === 2 ? (answers[`${field}#2`] ?? answers[field]) : answers[field];
    return own ?? facts[field] ?? this.dunno;
  }
}
