// What is said of causes, and how questions and drafts are put into words.
import { tellFindings } from '../ask/findings';
import type { ReadText } from '../engine';
import type { RankedCause } from '../types';
import { likelihoodPhrase } from '../draft/view';
import { NONE } from '../classify/classifier';
import { tellingEvidence } from '../classify/telling';
import { fillIn } from '../pack/texts';
import { TIMEZONE } from '../ask/missing';
import type { OpenQuestion } from './conversation';
import type { ToldCause } from './event';
import { type Judged, knownOf, noneReasonOf, standing } from './judge';
import { missingOf } from './next';
import { draftOf } from './ticket';
import { tellRequest } from './tell-request';
import { labelOf, say, sayOnce, sentence, textsOf, type Turn } from './working';

const MOST_QUOTE = 160;
const MOST_QUOTES = 3;
const MOST_VERDICTS = 9;
const MOST_FINDINGS = 20;
/** A corrected request longer than this is said, and not kept for the ticket. */
const MOST_CORRECTED = 3000;

/** Says a verdict that is new, with its fix; or two causes that cannot be told apart. True where one cause was said now. */
export function sayVerdict(turn: Turn, judged: Judged, messageTurn: number): boolean {
  const stands = standing(judged);
  if (stands === null) return false;
  const { now } = turn;
  if ('pair' in stands) {
    const [a, b] = stands.pair;
    if (now.verdicts.at(-1)?.cause === a.id) return false;
    sayOnce(
      turn,
      `pair:${[a.id, b.id].sort().join('+')}`,
      'causes',
      sentence(turn, 'pair', { a: a.title, b: b.title }),
      { causes: [tellCause(turn, a), tellCause(turn, b)] },
    );
    return false;
  }
  const { one } = stands;
  if (now.verdicts.at(-1)?.cause === one.id) return false;
  const before = now.verdicts.at(-1)?.cause;
  if (before !== undefined && (now.against[before] ?? 0) === 0)
    say(turn, 'text', sentence(turn, 'revised', { title: textsOf(turn).causes[before]?.title ?? before }));
  now.verdicts = [
    ...now.verdicts.slice(-MOST_VERDICTS),
    { cause: one.id, probability: one.probability, none: judged.probabilities[NONE] ?? 0, turn: messageTurn },
  ];
  say(turn, 'causes', causeText(turn, one), { causes: [tellCause(turn, one)] });
  const fixes = textsOf(turn).causes[one.id]?.fixes ?? [];
  const steps = fixes.map((fix, i) => `${i + 1}. ${fix}`);
  const lines = [sentence(turn, 'fixes'), ...steps, sentence(turn, 'afterFixes')];
  say(turn, 'answer', lines.join('\n'), { steps: fixes });
  return true;
}

/** A cause with the words that speak for it; what stands within longer ones is not said twice. */
function tellCause(turn: Turn, cause: RankedCause): ToldCause {
  const { id, number, title, probability } = cause;
  const all = quotesFor(cause);
  const quotes = all
    .filter(
      (quote, i) =>
        quote !== '' && all.indexOf(quote) === i && !all.some((other) => other !== quote && other.includes(quote)),
    )
    .slice(0, MOST_QUOTES);
  return { id, number, title, probability, likelihood: likelihoodPhrase(probability, textsOf(turn)), quotes };
}

/** The person's words that speak for a cause, the strongest first. */
const quotesFor = ({ evidence }: RankedCause): string[] =>
  tellingEvidence(evidence).map(({ quote }) => cut(quote.replace(/\s+/g, ' ').trim()));

const cut = (quote: string): string =>
  quote.length > MOST_QUOTE ? `${[...quote].slice(0, MOST_QUOTE).join('')}…` : quote;

function causeText(turn: Turn, cause: RankedCause): string {
  const [quote = ''] = quotesFor(cause);
  const head = sentence(turn, 'verdict', {
    title: cause.title,
    likelihood: likelihoodPhrase(cause.probability, textsOf(turn)),
  });
  return quote === '' ? head : `${head}\n${sentence(turn, 'verdictWhy', { quote })}`;
}

/** Faults of a pasted request, and the request as it should be. */
export function sayFindings(turn: Turn, { linted, redaction }: Pick<ReadText, 'linted' | 'redaction'>): void {
  const texts = textsOf(turn);
  const found = tellFindings(linted.findings, texts);
  if (found.length === 0) return;
  const known = new Set(linted.findings.map(({ id, param }) => `${id} ${param ?? ''}`));
  turn.now.findings = [
    ...turn.now.findings.filter(({ id, param }) => !known.has(`${id} ${param ?? ''}`)),
    ...linted.findings
      .slice(0, MOST_FINDINGS)
      .map((finding) => ({ ...finding, quote: finding.quote.slice(0, MOST_QUOTE) })),
  ].slice(-MOST_FINDINGS);
  const lines = found.map(({ text, suggestion }) => [`- ${text}`, suggestion ?? ''].join(' ').trim());
  const corrected = linted.correction === null ? '' : turn.engine.redactor.recheck(linted.correction.text).text;
  turn.now.corrected = corrected === '' || corrected.length > MOST_CORRECTED ? null : corrected;
  const request = tellRequest(redaction.text, found, linted.correction, corrected === '' ? null : corrected);
  say(turn, 'findings', [`${texts.report['findings'] ?? ''}:`, ...lines].join('\n'), { request });
  if (corrected !== '') say(turn, 'answer', `${texts.report['corrected'] ?? ''}:\n${corrected}`);
}

/** Puts a question and remembers that it waits for its answer. */
export function putQuestion(turn: Turn, question: OpenQuestion, judged: Judged, egressUrl: string | undefined): void {
  const { now } = turn;
  const key = question.field ?? question.asks ?? '';
  now.asked = { ...now.asked, [key]: (now.asked[key] ?? 0) + 1 };
  now.offered = [...now.offered, ...question.also];
  now.last = question;
  const choices = question.choices ?? [];
  const address = turn.engine.fields.keyOf('ip');
  const command =
    egressUrl === undefined || question.field !== address
      ? null
      : turn.talk.egressCommand(knownOf(now, judged), judged.text.text, egressUrl);
  const lines = [
    question.text,
    question.why,
    ...choices.map(({ label }, i) => `${i + 1}. ${label}`),
    ...(question.also.length === 0 ? [] : [sentence(turn, 'also', { fields: namesOf(turn, question).join(', ') })]),
    ...(command === null ? [] : [sentence(turn, 'egressOffer', { command })]),
  ];
  say(turn, 'question', lines.filter((line) => line !== '').join('\n'), {
    ...(question.field === undefined ? {} : { field: question.field }),
    ...(choices.length === 0 ? {} : { choices }),
    ...(question.why === '' ? {} : { why: question.why }),
    ...(command === null ? {} : { command }),
  });
}

/** Labels of the fields beside; a time is asked for with its zone. */
function namesOf(turn: Turn, question: OpenQuestion): string[] {
  return question.also.flatMap((key) =>
    key === turn.engine.fields.keyOf('timestamp')
      ? [labelOf(turn, key), labelOf(turn, TIMEZONE)]
      : [labelOf(turn, key)],
  );
}

export const SUBMIT = 'submit';

/** Shows the ticket and asks whether it is to be sent. */
export function showDraft(turn: Turn, judged: Judged): void {
  const { now, engine } = turn;
  now.status = 'review';
  const missing = missingOf(now, judged, engine);
  const draft = draftOf(now, judged, engine);
  const lead =
    missing.length === 0
      ? sentence(turn, 'draftReady')
      : sentence(turn, 'draftOpen', { fields: missing.map((key) => labelOf(turn, key)).join(', ') });
  say(turn, 'draft', `${lead}\n\n${draft.subject}\n\n${draft.body}`);
  putQuestion(turn, submitQuestion(turn), judged, undefined);
}

/** Asks once more whether the ticket, which was shown before, is to be sent. */
export function askToSend(turn: Turn, judged: Judged): void {
  turn.now.status = 'review';
  putQuestion(turn, submitQuestion(turn), judged, undefined);
}

function submitQuestion(turn: Turn): OpenQuestion {
  const choices = [
    { value: 'yes', label: sentence(turn, turn.delivers ? 'submitYes' : 'keepYes') },
    { value: 'no', label: sentence(turn, 'submitNo') },
  ];
  return {
    asks: SUBMIT,
    also: [],
    text: sentence(turn, turn.delivers ? 'submitAsk' : 'keepAsk'),
    why: turn.delivers ? sentence(turn, 'submitWhy') : '',
    choices,
  };
}

/** Why there is no verdict. */
export function sayNoVerdict(turn: Turn, judged: Judged): void {
  const { phrases } = textsOf(turn);
  const reason = noneReasonOf(turn.now, turn.engine);
  if (judged.cause !== null) return;
  const words = reason === 'other' ? [phrases['otherTopic'], phrases['otherTopicNext']] : [phrases['tooLittle']];
  sayOnce(
    turn,
    `none:${reason}`,
    'text',
    words
      .map((text) => fillIn(text ?? '', {}))
      .join('. ')
      .replace(/\.\. /g, '. '),
  );
}
