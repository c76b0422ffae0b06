// The card of a case: at most twelve blocks, the verdict first, what people wrote in rich text only.
import type { CaseView } from '../../service/talk';
import type { Ticket } from '../../service/record';
import {
  actions,
  type Block,
  button,
  context,
  cut,
  fallback,
  header,
  type Json,
  LIMITS,
  listed,
  select,
} from './blocks';
import { bold, code, type Link, rich, type RichPart, run, type Run, words as linked, titledList } from './rich';
import type { SecretSeen } from './beside';
import { languageName, say, type Words } from './words';

const MOST_QUOTE = 180;
const MOST_VALUE = 120;
const MOST_FINDINGS = 3;
const MOST_SAID = 900;
/** What stands for none of the causes in a menu. */
export const NONE_OF_THEM = 'none';

export interface CardInput {
  /** Of the conversation, for the buttons. */
  readonly id: string;
  readonly view: CaseView;
  readonly words: Words;
  readonly ticket: Ticket | null;
  readonly secrets: readonly SecretSeen[];
  /** The steps for the verdict stand on the card itself; else behind a button. */
  readonly withFixes: boolean;
  /** What the assistant says beside the verdict, redacted. */
  readonly said?: readonly string[];
  readonly label?: string | null;
  /** A sentence of the pack on who sees the card. */
  readonly note: string;
}

/** What Slack shows: a fallback for notifications, and blocks. */
export interface Shown {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export const cardBlockId = (id: string): string => `case-${id}`;

export function renderCard(input: CardInput): Shown {
  const { view, words, secrets, said = [], note } = input;
  const title = view.cause?.title ?? say(words.slack, 'undecided');
  const blocks = listed(
    [
      header(title),
      context(summaryOf(input)),
      secretsBlock(secrets, words),
      rich(
        said.map((text): RichPart => ({ kind: 'section', runs: [run(`${text}\n`)] })),
        MOST_SAID,
      ),
      evidenceBlock(view, words),
      findingsBlock(view, words),
      fieldsBlock(view, words),
      questionBlock(view, words),
      input.withFixes ? fixesBlock(view, words) : undefined,
      input.ticket === null ? undefined : ticketLineBlock(input.ticket, words),
      actionsBlock(input),
      context(note),
    ],
    LIMITS.cardBlocks,
  );
  return { text: fallback(view.cause === null ? title : `${title} (${view.cause.likelihood})`), blocks };
}

function summaryOf({ view, words }: CardInput): string {
  const { slack } = words;
  const status = say(slack, `status-${view.status}`);
  const writes =
    view.language === words.language ? '' : say(slack, 'writes', { language: languageName(words, view.language) });
  const second = view.cause === null ? view.others[0] : undefined;
  const likelihood =
    view.cause !== null
      ? `${view.cause.likelihood}, ${percentOf(view.cause)}`
      : second === undefined
        ? ''
        : say(slack, 'leaning', { title: second.short, likelihood: second.likelihood });
  return [likelihood, status, writes].filter((part) => part !== '').join('  ·  ');
}

/** Nothing is certain. */
export const percentOf = ({ probability }: { readonly probability: number }): string =>
  `${Math.min(99, Math.round(probability * 100))} %`;

function secretsBlock(secrets: readonly SecretSeen[], { slack, kinds }: Words): Block | undefined {
  const lines = secrets.map(({ kinds: seen, link }): (Run | Link)[] => {
    const names = seen.map((kind) => kinds[kind] ?? kinds['other'] ?? kind).join(', ');
    return [
      bold('⚠ '),
      run(`${say(slack, 'secret', { kind: names })} `),
      ...(link === undefined ? [] : [{ url: link, text: say(slack, 'secretLink') }]),
      run('\n'),
    ];
  });
  return rich(lines.map((runs): RichPart => ({ kind: 'section', runs })));
}

function evidenceBlock({ evidence }: CaseView, { slack }: Words): Block | undefined {
  const quotes = evidence.map((quote) => [run(cut(quote, MOST_QUOTE))]);
  return rich(titledList(say(slack, 'evidence'), quotes, { quoted: true }));
}

function findingsBlock({ findings }: CaseView, { report, slack }: Words): Block | undefined {
  const more = findings.length - MOST_FINDINGS;
  const items = findings
    .slice(0, MOST_FINDINGS)
    .map(({ text, suggestion }): Run[] => [run(cut([text, suggestion ?? ''].join(' ').trim(), 2 * MOST_QUOTE))]);
  if (more > 0) items.push([run(say(slack, 'more', { count: String(more) }))]);
  return rich(titledList(report['findings'] ?? '', items));
}

function fieldsBlock({ fields, missing }: CaseView, { report, slack, fields: known }: Words): Block | undefined {
  const nameOf = (key: string, value: string): string =>
    known.find((field) => field.key === key)?.choices?.[value] ?? value;
  const items = fields.map(({ key, label, value }): Run[] => [
    run(`${label}: `),
    value === null ? run(report['unknown'] ?? '') : code(cut(nameOf(key, value).replace(/\s+/g, ' '), MOST_VALUE)),
  ]);
  return rich([
    ...titledList(say(slack, 'found'), items),
    ...(missing.length === 0
      ? []
      : ([{ kind: 'section', runs: [bold(`${report['missing'] ?? ''}: `), run(missing.join(', '))] }] as RichPart[])),
  ]);
}

function questionBlock({ question }: CaseView, { slack, report }: Words): Block | undefined {
  if (question === null) return undefined;
  const { text, why } = question.agent;
  return rich([
    {
      kind: 'section',
      runs: [
        bold(`${say(slack, 'askNext')}: `),
        ...linked(text),
        { text: `\n${report['why'] ?? ''}: ${why}`, italic: true },
      ],
    },
  ]);
}

export function fixesBlock({ fixes }: CaseView, { report }: Words): Block | undefined {
  return rich(titledList(report['fixes'] ?? '', fixes.map(linked), { ordered: true }));
}

export const ticketLineBlock = (ticket: Ticket, words: Words): Block | undefined =>
  rich([{ kind: 'section', runs: [bold('🎫 '), run(ticketLine(ticket, words))] }]);

/** Where a ticket stands, in words; references are the helpdesk's own. */
export function ticketLine({ id, status, reference }: Ticket, { slack }: Words): string {
  return say(slack, `ticket-${status}`, { id, reference: cut(reference ?? id, MOST_VALUE) });
}

function actionsBlock({ id, view, words, ticket, label, withFixes }: CardInput): Block {
  const { slack, report, phrases, causes } = words;
  const elements: Json[] = [
    button({
      action: 'open_draft',
      text: say(slack, ticket === null ? 'openDraft' : 'showTicket'),
      value: id,
      ...(ticket === null ? { primary: true } : {}),
    }),
    ...(ticket === null ? [button({ action: 'ask_customer', text: say(slack, 'askCustomer'), value: id })] : []),
    ...(withFixes || view.fixes.length === 0
      ? []
      : [button({ action: 'show_fixes', text: report['fixes'] ?? '', value: id })]),
    ...(view.others.length === 0
      ? []
      : [button({ action: 'other_causes', text: report['otherCauses'] ?? '', value: id })]),
    select(
      'confirm_cause',
      say(slack, 'confirm'),
      [
        ...causes.map((cause) => ({ value: cause.id, label: cause.short })),
        { value: NONE_OF_THEM, label: phrases['none'] ?? '' },
      ],
      label === undefined ? undefined : (label ?? NONE_OF_THEM),
    ),
  ];
  return actions(cardBlockId(id), elements);
}
