// `npm run simulate:shift [FILE...] [--every N] [--errors]`: the same answers shifted against the questions, swapped, merged, repeated, corrected.
import path from 'node:path';
import { type Conversation, startConversation } from '../../src/conversation/conversation';
import { ingest } from '../../src/conversation/ingest';
import { reduce } from '../../src/conversation/reduce';
import { viewConversation } from '../../src/conversation/view';
import { createEngine, type Engine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { type Person, readPeople, Speaker } from './person';

const START = Date.UTC(2026, 10, 24, 12, 0);
const MOST_TURNS = 30;
const HUMAN = ['handed-over', 'resolved', 'submitted'];

export const KINDS = ['late', 'ahead', 'swapped', 'two-at-once', 'repeated', 'corrected'] as const;
export type Kind = (typeof KINDS)[number];

interface Talk {
  conversation: Conversation;
  readonly asked: Map<string, number>;
  turns: number;
  readonly lines: string[];
}

function tell(talk: Talk, text: string, engine: Engine): void {
  talk.turns++;
  const at = new Date(START + talk.turns * 60_000).toISOString();
  const { redaction, memory } = ingest(talk.conversation, text, engine);
  const { conversation, replies } = reduce(talk.conversation, { type: 'message', at, redaction, memory }, engine);
  talk.conversation = conversation;
  const key = conversation.last?.field ?? conversation.last?.asks ?? '';
  if (conversation.status === 'open') talk.asked.set(key, (talk.asked.get(key) ?? 0) + 1);
  talk.lines.push(`> ${text}`, ...replies.map((r) => `  [${r.kind}] ${r.kind === 'draft' ? '…' : r.text}`));
}

interface Answered {
  readonly key: string;
  readonly text: string;
}

/** Says `script`, then answers what is still asked, as the person would. */
function run(
  person: Person,
  script: readonly string[],
  engine: Engine,
): Talk & { readonly answers: readonly Answered[] } {
  const language = engine.languages.includes(person.lang) ? person.lang : 'en';
  const conversation = startConversation({ language, channel: 'web', key: [1, 2, 3, 4] });
  const talk: Talk = { conversation, asked: new Map(), turns: 0, lines: [] };
  tell(talk, person.opening, engine);
  for (const text of script) if (!HUMAN.includes(talk.conversation.status)) tell(talk, text, engine);
  const speaker = new Speaker({ ...person, twists: script.length > 0 ? [] : person.twists }, false);
  const answers: Answered[] = [];
  while (talk.turns < MOST_TURNS && talk.conversation.status === 'open') {
    const key = talk.conversation.last?.field ?? talk.conversation.last?.asks ?? '';
    const text = speaker.answer({ key, also: [] });
    answers.push({ key, text });
    tell(talk, text, engine);
  }
  return { ...talk, answers };
}

/** Values that are wrong, by field, in the form of the right ones. */
const WRONG: Readonly<Record<string, string>> = {
  outboundIp: '198.51.100.9',
  domain: 'some-other-name.net',
  responseCode: '500',
  whmcsVersion: '7.10.2',
};
const SORRY: Readonly<Record<string, string>> = {
  en: 'sorry, I meant',
  zh: '更正，应该是',
  vi: 'xin lỗi, đúng là',
  ru: 'извините, правильно',
  es: 'perdón, quise decir',
  pt: 'desculpe, quis dizer',
  id: 'maaf, maksud saya',
};

/** The answers of one kind of muddle, or null where there are too few. */
function muddle(kind: Kind, answers: readonly Answered[], person: Person, at: number): string[] | null {
  const texts = answers.map(({ text }) => text);
  const n = texts.length;
  if (n < 2) return null;
  const i = at % (n - 1);
  const [a = '', b = ''] = texts.slice(i);
  switch (kind) {
    case 'late':
      return ['ok', ...texts];
    case 'ahead':
      return [...texts.slice(1), texts[0] ?? ''];
    case 'swapped':
      return [...texts.slice(0, i), b, a, ...texts.slice(i + 2)];
    case 'two-at-once':
      return [...texts.slice(0, i), `${a}\n${b}`, ...texts.slice(i + 2)];
    case 'repeated':
      return [...texts.slice(0, i + 1), a, ...texts.slice(i + 1)];
    case 'corrected': {
      const k = answers.findIndex(({ key }) => WRONG[key] !== undefined && typeof person.facts[key] === 'string');
      const key = answers[k]?.key ?? '';
      return k < 0
        ? null
        : [
            ...texts.slice(0, k),
            WRONG[key] ?? '',
            `${SORRY[person.lang] ?? ''} ${person.facts[key] ?? ''}`,
            ...texts.slice(k + 1),
          ];
    }
  }
}

export interface Shifted {
  readonly id: string;
  readonly kind: Kind;
  readonly facts: number;
  readonly missed: readonly string[];
  readonly same: boolean;
  readonly verdicts: string;
  /** A question was put a third time. */
  readonly thrice: readonly string[];
  readonly lines: readonly string[];
}

/** Facts of a person that a talk holds. */
function heldFacts(person: Person, conversation: Conversation, engine: Engine): Map<string, string | null> {
  const view = viewConversation(conversation, engine);
  return new Map(
    Object.entries(person.facts).flatMap(([key, fact]) => {
      if (fact === null) return [];
      const got = view.fields[key]?.toLowerCase();
      const want = fact.toLowerCase();
      const holds = got !== undefined && (got.includes(want.slice(0, 10)) || want.includes(got));
      return [[key, holds ? null : (got ?? 'nothing')] as const];
    }),
  );
}

/** One person's talk in every kind of muddle, against the talk in order. */
export function shift(person: Person, engine: Engine, at: number): Shifted[] {
  const base = run(person, [], engine);
  const right = heldFacts(person, base.conversation, engine);
  const verdict = viewConversation(base.conversation, engine).cause;
  return KINDS.flatMap((kind) => {
    const script = muddle(kind, base.answers, person, at);
    if (script === null) return [];
    const talk = run(person, script, engine);
    const held = heldFacts(person, talk.conversation, engine);
    // What the talk in order does not hold either is not the muddle's fault.
    const said = [...right].flatMap(([key, got]) => (got === null ? [key] : []));
    const missed = said.filter((key) => held.get(key) !== null);
    const cause = viewConversation(talk.conversation, engine).cause;
    return [
      {
        id: person.id,
        kind,
        facts: said.length,
        missed: missed.map((key) => `${key}: want ${person.facts[key] ?? ''}, got ${held.get(key) ?? ''}`),
        same: cause === verdict,
        verdicts: `${verdict ?? 'none'} -> ${cause ?? 'none'}`,
        thrice: [...talk.asked].flatMap(([key, times]) => (times > 2 && key !== '' ? [key] : [])),
        lines: talk.lines,
      },
    ];
  });
}

async function main(args: readonly string[]): Promise<void> {
  const every = args.includes('--every') ? Number(args[args.indexOf('--every') + 1]) : 1;
  const show = args.includes('--show') ? args[args.indexOf('--show') + 1] : undefined;
  const files = args.filter((arg) => arg.endsWith('.jsonl'));
  const engine = createEngine(await loadPack(path.join(__dirname, '..', '..')));
  const people = readPeople(files.length > 0 ? files : [path.join(__dirname, 'people.jsonl')]);
  const all = people.filter((_, i) => i % every === 0).flatMap((person, i) => shift(person, engine, i));
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  for (const kind of [...KINDS, 'all'] as const) {
    const own = all.filter((one) => kind === 'all' || one.kind === kind);
    const facts = own.reduce((sum, one) => sum + one.facts, 0);
    const missed = own.reduce((sum, one) => sum + one.missed.length, 0);
    const same = own.filter((one) => one.same).length;
    const thrice = own.reduce((sum, one) => sum + one.thrice.length, 0);
    out(
      `${kind.padEnd(12)} talks ${own.length}  facts ${((facts - missed) / facts).toFixed(3)}  same verdict ${(same / own.length).toFixed(3)}  asked a third time ${thrice}`,
    );
  }
  for (const one of all) {
    if (args.includes('--errors') && (one.missed.length > 0 || !one.same || one.thrice.length > 0))
      out(`${one.id} ${one.kind} ${one.same ? '' : one.verdicts} ${one.missed.join('; ')} ${one.thrice.join(' ')}`);
    if (show === `${one.id}/${one.kind}`) out(one.lines.join('\n'));
  }
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
