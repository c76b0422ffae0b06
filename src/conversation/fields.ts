// Takes the fields that a message gives: the answer to the question, values said beside it, corrections, and what cannot be given.
import { TIMEZONE } from '../ask/missing';
import type { FieldData } from '../extract/fields';
import type { Redacted } from '../redact/redacted';
import type { FieldKey } from '../types';
import { readFieldAnswer } from './answer';
import { readElsewhere, takesAnyWords } from './answer-elsewhere';
import { findZone, momentInPassing, readClockOf, readMoment } from './answer-moment';
import { type Answer, type AnswerScene, fieldOf, withText } from './answer-scene';
import { linesInOrder, type Put, takeLines } from './answer-lines';
import { correctLast, correctOld, declineOthers, takeBack } from './changes';
import { readChoice } from './choice';
import type { KnownField } from './conversation';
import { declines, isBareNo } from './decline';
import { withZone } from './relative';
import { retraction } from './tail';
import { dropField, labelOf, say, sentence, setField, type Turn } from './working';

export interface Taken {
  /** The open question's field, where the message answers it: with a value, or with not knowing. */
  readonly answered: FieldKey | null;
  readonly declined: boolean;
  /** Why the message is no answer. */
  readonly bad: { readonly text: string; readonly value?: string } | null;
  /** The field whose value the message is, though another was asked for. */
  readonly elsewhere: FieldKey | null;
  /** Fields whose value is new or changed. */
  readonly changed: readonly FieldKey[];
}

const TIMESTAMP = 'timestamp';
/** Forms whose value a short message names plainly ("it says …", "the code is …"): that corrects what is known. */
const NAMED: ReadonlySet<string> = new Set(['account', 'message', 'code']);
/** Words of a message whose fields are said to be noted. */
const MOST_NOTED = 12;

/** Reads all fields of a message into the conversation. */
export function takeFields(turn: Turn, scene: AnswerScene, options: { readonly mayBeOther: boolean }): Taken {
  const { now } = turn;
  const { intents } = scene;
  const changed: FieldKey[] = [];
  const noted: FieldKey[] = [];
  const corrects = intents.has('correction');
  const before = now.fields;
  const put = (key: FieldKey, answer: Extract<Answer, { kind: 'value' }>, by: KnownField['by']): boolean => {
    const done = putField(turn, key, answer, by, corrects);
    const known = before[key];
    if (done && typeof known?.value === 'string' && (corrects || by === 'answer' || known.loose === true))
      say(turn, 'text', sentence(turn, 'changed', { label: labelOf(turn, key), value: answer.value }));
    else if (done && key !== now.last?.field && now.last !== null && now.last.also.every((also) => also !== key))
      noted.push(key);
    if (done) changed.push(key);
    return done;
  };
  takeBack(turn, scene, changed);
  const repeats = now.transcript.slice(0, -1).some((entry) => entry.turn >= now.from && entry.text === scene.text);
  const corrected = corrects && !repeats ? correctOld(turn, scene, put) : null;
  const asked = corrected !== null && corrected === now.last?.field ? null : (now.last?.field ?? null);
  const lines = linesInOrder(turn, scene);
  const own = lines === null ? scene : withText(scene, lines[0] ?? '');
  // "No, it still fails" has no answer, and declines none.
  const tells = scene.steers !== true || intents.has('dont-know', 'refuses');
  const declined = asked !== null && corrected === null && tells && (declines(turn, own, asked) || isBareNo(own));
  let answer: Answer = { kind: 'nothing' };
  let answered: FieldKey | null = null;
  const other = corrected === null && options.mayBeOther ? readElsewhere(turn, scene, asked) : null;
  let elsewhere = other !== null && (asked === null || takesAnyWords(turn, asked)) ? other : null;
  if (elsewhere !== null) {
    // Another field's value is no words of a reply, and no name.
  } else if (asked === TIMEZONE) {
    answered = takeZone(turn, scene) ? TIMEZONE : null;
    if (answered === null && corrected === null)
      answer = declined || intents.asks ? { kind: 'nothing' } : { kind: 'bad', text: 'badZone' };
  } else if (asked !== null) {
    // Beside a correction of another field only a value of strict form is an answer.
    answer = answerTo(turn, own, asked, declined || corrected !== null);
    if (answer.kind === 'value') {
      put(asked, answer, 'answer');
      answered = asked;
    }
  }
  if (answered === null && corrected === null && (!declined || takesAnyWords(turn, other?.key ?? null)))
    elsewhere = elsewhere ?? other;
  if (elsewhere !== null) {
    put(elsewhere.key, elsewhere.answer, 'answer');
    answer = { kind: 'nothing' };
  }
  const plainly = answered === null && !intents.asks && intents.words <= MOST_NOTED && now.turns > now.from + 1;
  for (const [key, value] of Object.entries(scene.read.fields)) {
    if (key === asked || key === elsewhere?.key || key === corrected || (key === TIMESTAMP && answered === TIMEZONE))
      continue;
    put(
      key,
      { kind: 'value', value, source: scene.read.sources[key] ?? value, timezoneMissing: scene.read.timezoneMissing },
      plainly && NAMED.has(fieldOf(turn.engine, key)?.form ?? '') ? 'answer' : 'text',
    );
  }
  for (const key of now.last?.also ?? []) takeBeside(turn, scene, key, put);
  takeLines(turn, scene, put);
  const known = now.fields[TIMESTAMP]?.value;
  if (asked !== TIMESTAMP && asked !== TIMEZONE && (typeof known !== 'string' || isDayOnly(known))) {
    const passing = momentInPassing(scene);
    if (passing !== null) put(TIMESTAMP, passing, 'text');
  }
  if (now.timezoneMissing && changed.length === 0 && asked !== TIMEZONE && intents.words < 12) takeZone(turn, scene);
  if (corrects && !repeats && changed.length === 0 && answered === null && correctLast(turn, scene, put))
    answer = { kind: 'nothing' };
  declineOthers(turn, scene, changed);
  if (answered === null && asked !== null && elsewhere === null && declined && !(corrects && changed.length > 0)) {
    // What is known to the day stays known.
    if (typeof now.fields[asked]?.value === 'string')
      return { answered: asked, declined: false, bad: null, elsewhere: null, changed };
    setField(turn, asked, { value: null, source: scene.text.slice(0, 200), by: 'answer' });
    if (asked === TIMEZONE) now.timezoneMissing = false;
    return { answered: asked, declined: true, bad: null, elsewhere: null, changed };
  }
  // A short message that tells of other fields only was meant for them.
  const beside = answered === null && corrected === null && intents.words <= MOST_NOTED ? noted[0] : undefined;
  if ((elsewhere !== null || beside !== undefined) && noted.length > 0) sayNoted(turn, noted);
  now.answered = answered ?? changed.at(-1) ?? now.answered;
  return {
    answered,
    declined: false,
    bad: answer.kind === 'bad' && changed.length === 0 ? answer : null,
    elsewhere: answered === null ? (elsewhere?.key ?? beside ?? null) : null,
    changed,
  };
}

/** What was taken though it was not asked for. */
function sayNoted(turn: Turn, keys: readonly FieldKey[]): void {
  const told = keys.map((key) => `${labelOf(turn, key)}: ${turn.now.fields[key]?.value ?? ''}`);
  say(turn, 'text', sentence(turn, 'noted', { fields: told.join('; ') }));
}

function answerTo(turn: Turn, scene: AnswerScene, key: FieldKey, declined: boolean): Answer {
  const field = fieldOf(turn.engine, key);
  if (field === undefined) return { kind: 'nothing' };
  const choices = turn.now.last?.choices ?? [];
  if (choices.length > 0 && scene.read.fields[key] === undefined) {
    const chosen = readChoice(key, choices, scene.text, scene.words, scene.intents);
    if (chosen !== null) return { kind: 'value', value: chosen, source: scene.text.slice(0, 200) };
  }
  if (scene.intents.has('same-as-above')) {
    const before = fromBefore(turn, scene, key);
    if (before !== null) return before;
  }
  if (scene.intents.has('correction') && scene.read.fields[key] === undefined) {
    const behind = corrected(field, scene);
    if (behind !== null) return behind;
  }
  const known = turn.now.fields[key]?.value;
  if (field.form === 'timestamp' && typeof known === 'string' && isDayOnly(known)) {
    const clock = readClockOf(scene, known);
    if (clock !== null) return clock;
  }
  return readFieldAnswer(field, scene, declined);
}

/** A time that is known to the day only. */
export function isDayOnly(value: string): boolean {
  return !value.includes('T');
}

/** Words behind a correction that are read loosely. */
const MOST_TAIL = 6;

/** "A. Sorry, B" as the answer: B, where B is a value of the form. */
function corrected(field: FieldData, scene: AnswerScene): Answer | null {
  const back = field.form === 'timestamp' ? null : retraction(scene);
  if (back === null) return null;
  const tail = withText(scene, back.tail);
  const answer = readFieldAnswer(field, tail, tail.intents.words > MOST_TAIL);
  return answer.kind === 'value' ? answer : null;
}

/** "Same as above": the latest earlier message that holds a value of this form. */
function fromBefore(turn: Turn, scene: AnswerScene, key: FieldKey): Answer | null {
  const field = fieldOf(turn.engine, key);
  if (field === undefined || field.form === 'message') return null;
  const own = turn.now.transcript.filter((entry) => entry.turn >= turn.now.from).slice(-8, -1);
  for (const { text } of own.reverse()) {
    const redaction = { text: text as Redacted, redactions: [], spans: [], observations: [] };
    const read = turn.engine.readRedacted(redaction, { language: scene.language });
    const answer = readFieldAnswer(
      field,
      { ...scene, text: redaction.text, read, intents: scene.words.intents(text) },
      true,
    );
    if (answer.kind === 'value') return answer;
  }
  return null;
}

/** Puts a value in the place of what is known, where it may. */
function putField(
  turn: Turn,
  key: FieldKey,
  answer: Extract<Answer, { kind: 'value' }>,
  by: KnownField['by'],
  corrects: boolean,
): boolean {
  const { now } = turn;
  const known = now.fields[key];
  const { value, source } = answer;
  if (known !== undefined && known.value === value) return false;
  const has = typeof known?.value === 'string';
  const sticks = known?.by === 'edit' || known?.by === 'egress' || (known?.by === 'answer' && by === 'text');
  // What is said plainly takes the place of what was read from any words, never the other way round.
  if (has && answer.loose === true && known.loose !== true && known.by !== 'text' && !corrects) return false;
  if (has && sticks && !corrects && (known.loose !== true || answer.loose === true)) return false;
  setField(turn, key, { value, source, by, ...(answer.loose === true ? { loose: true } : {}) });
  if (key === TIMESTAMP) {
    now.timezoneMissing = answer.timezoneMissing ?? false;
    if (now.fields[TIMEZONE] !== undefined) dropField(turn, TIMEZONE);
  }
  return true;
}

/** A zone for the time that is known. */
function takeZone(turn: Turn, scene: AnswerScene): boolean {
  const { now } = turn;
  const known = now.fields[TIMESTAMP];
  const moment = readMoment(scene);
  if (moment.kind === 'value' && moment.timezoneMissing !== true && moment.value.includes('T') && says(scene, moment)) {
    setField(turn, TIMESTAMP, { value: moment.value, source: moment.source, by: 'answer' });
    now.timezoneMissing = false;
    return true;
  }
  const found = findZone(scene.text, turn.engine, scene.language);
  if (found === null || typeof known?.value !== 'string') return false;
  const { value, zoned } = withZone(known.value, found.zone);
  if (!zoned) return false;
  setField(turn, TIMESTAMP, { ...known, value, source: `${known.source} ${found.source}` });
  now.timezoneMissing = false;
  return true;
}

/** Whether a moment was said with its day: a clock time beside the zone may be another day's. */
function says({ read }: AnswerScene, { source }: Extract<Answer, { kind: 'value' }>): boolean {
  return read.fields[TIMESTAMP] !== undefined || source.length > 6;
}

/** A field that was asked for beside another: only values of strict form, or of a line of their own. */
function takeBeside(turn: Turn, scene: AnswerScene, key: FieldKey, put: Put): void {
  const field = fieldOf(turn.engine, key);
  if (field === undefined || typeof turn.now.fields[key]?.value === 'string') return;
  const answer = readFieldAnswer(field, scene, true);
  const strict = !['account', 'message', 'integration'].includes(field.form);
  if (answer.kind === 'value' && (strict || scene.read.fields[key] !== undefined)) put(key, answer, 'answer');
}
