// One message of the person, from its words to the replies. Never waits for an order: whatever is said is taken.
import { TIMEZONE } from '../ask/missing';
import type { FieldKey, RedactionCount } from '../types';
import { type AnswerScene, fieldOf } from './answer-scene';
import { readChoice } from './choice';
import { contentBeside, isBareYes, isBareYesNo, isCommand, isEmpty } from './command';
import { BLANK } from './conversation';
import type { MessageEvent } from './event';
import { addEvidence, isBare } from './evidence';
import { takeFields } from './fields';
import { type Judged, judge, remember, TRIED } from './judge';
import { languageAfter, languageAsked } from './language';
import { addLater } from './later';
import { withMessage } from './transcript';
import { goOn } from './proceed';
import { addReply } from './reply-words';
import { zoneOfEvent } from './relative';
import { sayFindings, SUBMIT } from './speak';
import { steer } from './steer';
import { sayTicketState } from './ticket-state';
import { weighedRead } from './weighed';
import { GREETED, say, sayOnce, sentence, textsOf, type Turn } from './working';

/** Starting over and "still fails" are said in short messages; a greeting alone in very short ones. */
const MOST_STEERING_WORDS = 30;
const MOST_GREETING = 3;
/** "It still fails" alone; in longer messages more is told. */
const MOST_FAILING = 12;
/** Content words beside "it still fails" from which on the fix was plainly tried. */
const LEAST_TRIED = 1;
/** For each field that was asked for: words of an answer to it. */
const MOST_REQUESTED = 14;

export function takeMessage(turn: Turn, event: MessageEvent): void {
  const { now, engine, talk } = turn;
  const { text } = event.redaction;
  const at = now.turns;
  now.turns++;
  if (event.unasked === true) takeBackQuestion(turn);
  now.memory = event.memory;
  const before = talk.book.of(now.language);
  const first = before.intents(text);
  const wished = languageAsked(text, engine, talk.book, before, first);
  now.language = languageAfter(now.language, text, engine, wished);
  const words = talk.book.of(now.language);
  const intents = words === before ? first : words.intents(text);
  warn(turn, event);
  if (now.status === 'submitted' || now.status === 'closed') {
    now.transcript = withMessage(now.transcript, { turn: at, text }, now.from);
    if (intents.has('thanks') && !intents.asks) say(turn, 'text', sentence(turn, 'thanks'));
    else sayTicketState(turn);
    return;
  }
  if (intents.has('start-over') && intents.words <= MOST_STEERING_WORDS / 2) {
    // What could not be answered twice is not asked again from the beginning.
    const fields = new Set([...engine.fields.fields.map(({ key }) => key), TIMEZONE]);
    const asked = Object.fromEntries(Object.entries(now.asked).filter(([key]) => fields.has(key)));
    Object.assign(now, BLANK, { from: at + 1, asked, transcript: [] });
    say(turn, 'text', sentence(turn, 'startOver'));
    return;
  }
  const read = engine.readRedacted(event.redaction, { language: now.language });
  const bareScene: AnswerScene = {
    engine,
    text,
    read,
    intents,
    words,
    language: now.language,
    at: event.at,
    zone: zoneOfEvent(event.zone),
    timeAsked: now.last?.field === engine.fields.keyOf('timestamp'),
    again: (now.asked[now.last?.field ?? ''] ?? 0) > 1,
  };
  const asked = now.last;
  const command = wished !== null || isCommand(bareScene, asked?.asks === SUBMIT);
  const fails = intents.has('still-fails') && intents.words <= MOST_FAILING;
  const scene: AnswerScene = { ...bareScene, steers: command || fails || isBareYes(bareScene) };
  now.transcript = withMessage(
    now.transcript,
    { turn: at, text, ...(command || isEmpty(bareScene) ? { command: true } : {}) },
    now.from,
  );
  const chosen =
    asked?.asks === undefined || asked.asks === SUBMIT
      ? null
      : readChoice(asked.asks, asked.choices ?? [], text, words, intents);
  if (asked?.asks !== undefined && asked.asks !== SUBMIT) {
    now.answers = { ...now.answers, [asked.asks]: chosen };
    const label = asked.choices?.find(({ value }) => value === chosen)?.label ?? '';
    if (chosen === null || words.intents(label).has('dont-know')) now.dodged++;
  }
  const taken = takeFields(turn, scene, { mayBeOther: chosen === null });
  const given = taken.elsewhere ?? (taken.answered === asked?.field ? taken.answered : null);
  const form = given === null ? undefined : fieldOf(engine, given ?? '')?.form;
  const value = given === null ? undefined : now.fields[given ?? '']?.value;
  const wanted = Math.min(1 + (asked?.also.length ?? 0), text.trim().split('\n').length);
  const answer = form !== undefined && typeof value === 'string' ? { form, value } : undefined;
  const bare = answer !== undefined && isBare(answer, text);
  answerBeside(turn, scene, taken.answered);
  const weighed = weighedRead(scene, answer);
  const features = engine.classifier.features(weighed);
  if (!command && !isBareYesNo(scene))
    now.evidence = addEvidence(now.evidence, weighed, at, {
      engine,
      features,
      corrects: intents.has('correction'),
      answer,
      bare,
    });
  // What was asked for says little by itself: an address given on request is no sign that addresses are the trouble.
  const requested = (given !== null || chosen !== null) && !intents.asks && intents.words <= MOST_REQUESTED * wanted;
  // What is said again in the same words tells nothing more.
  const repeats = now.transcript.some((entry) => entry.turn >= now.from && entry.turn < at && entry.text === text);
  if (at > now.from && !requested && !repeats && !command)
    now.evidence = { ...now.evidence, later: addLater(now.evidence.later, weighed, features, engine) };
  const reply = engine.fields.keyOf('message') ?? '';
  const told = now.fields[reply]?.value;
  if (at > now.from && taken.changed.includes(reply) && typeof told === 'string')
    now.evidence = { ...now.evidence, later: addReply(now.evidence.later, told, engine, now.language) };
  inVain(turn, scene, taken.changed);
  const judged = judge(now, engine);
  const cause = now.cause;
  now.cause = judged.cause;
  now.probabilities = judged.probabilities;
  const news = taken.changed.length > 0 || taken.declined || chosen !== null || cause !== now.cause || at === 0;
  now.idle = news ? 0 : now.idle + 1;
  warnOfFacts(turn, judged);
  sayFindings(turn, read);
  remember(now, judged);
  if (steer(turn, scene, judged, taken)) return;
  if (at === now.from && intents.has('greeting') && intents.words <= MOST_GREETING) {
    say(turn, 'text', sentence(turn, now.told.includes(GREETED) ? 'hello' : 'greeting'));
    now.told = [...now.told.filter((mark) => mark !== GREETED), GREETED];
    // What is told next is the opening.
    now.from = at + 1;
    return;
  }
  goOn(turn, scene, { judged, taken, at, chosen, event });
}

/** The question that waits was not put: no words are its answer, and it may be chosen again. */
function takeBackQuestion({ now }: Turn): void {
  if (now.status === 'review') now.status = 'open';
  if (now.last === null) return;
  const { field, asks, also } = now.last;
  const key = field ?? asks ?? '';
  now.asked = { ...now.asked, [key]: Math.max(0, (now.asked[key] ?? 0) - 1) };
  now.offered = now.offered.filter((offered) => !also.includes(offered));
  now.last = null;
}

/** "203.0.113.7, and it is in the list": the answer for a field that answers a question about the causes too. */
function answerBeside({ now, engine }: Turn, { words, text }: AnswerScene, answered: string | null): void {
  for (const { field, asks } of engine.pack.together.beside ?? []) {
    if (field !== answered || now.answers[asks] !== undefined) continue;
    const said = [...words.choices(asks, text)].sort(([, a], [, b]) => b - a);
    const [first, second] = said;
    if (first !== undefined && (second === undefined || first[1] > second[1]))
      now.answers = { ...now.answers, [asks]: first[0] };
  }
}

/** Kinds of credentials that were removed, each once; a request sent to a stranger, once. */
function warn(turn: Turn, event: MessageEvent): void {
  const { now } = turn;
  const { redactions } = event.redaction;
  const texts = textsOf(turn);
  const fresh = redactions.filter(({ kind }) => !now.told.includes(`kind:${kind}`));
  if (fresh.length > 0) {
    const kinds = [...new Set(fresh.map(({ kind }) => texts.kinds[kind] ?? texts.kinds['other'] ?? kind))].join(', ');
    say(turn, 'warning', sentence(turn, 'credentialRemoved', { kind: kinds }));
    now.told = [...now.told, ...fresh.map(({ kind }) => `kind:${kind}`)];
  }
  now.redactions = addCounts(now.redactions, redactions);
}

function addCounts(before: readonly RedactionCount[], more: readonly RedactionCount[]): RedactionCount[] {
  const counts = new Map(before.map(({ kind, count }) => [kind, count]));
  for (const { kind, count } of more) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

function warnOfFacts(turn: Turn, judged: Judged): void {
  const texts = textsOf(turn);
  for (const { fact, text } of turn.engine.pack.pack.warnings) {
    if (judged.facts.some((known) => known.fact === fact))
      sayOnce(turn, `fact:${fact}`, 'warning', texts.warnings[text] ?? text);
  }
}

/** "Still fails" speaks against the cause whose fix was offered. */
function inVain(turn: Turn, scene: AnswerScene, changed: readonly FieldKey[]): void {
  const { now } = turn;
  const { intents } = scene;
  const last = now.verdicts.at(-1);
  const isTold = (words: string): boolean => changed.some((key) => now.fields[key]?.source.includes(words) === true);
  if (
    last === undefined ||
    !intents.has('still-fails') ||
    intents.has('works-now') ||
    intents.words > 2 * MOST_STEERING_WORDS ||
    // Words of the reply that was asked for.
    intents.list.every(({ name, start, end }) => name !== 'still-fails' || isTold(scene.text.slice(start, end)))
  )
    return;
  const plainly = changed.length === 0 && intents.words <= MOST_FAILING;
  const tried = plainly && contentBeside(scene, intents.list) >= LEAST_TRIED ? TRIED : 1;
  now.against = { ...now.against, [last.cause]: (now.against[last.cause] ?? 0) + tried };
  now.verdicts = [...now.verdicts];
  say(turn, 'text', sentence(turn, 'stillFails', { title: textsOf(turn).causes[last.cause]?.title ?? last.cause }));
}
