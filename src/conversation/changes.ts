// Changes to fields that the open question did not ask for: corrections, values taken back, fields that cannot be given.
import { TIMEZONE } from '../ask/missing';
import type { FieldData } from '../extract/fields';
import { fold } from '../extract/fold';
import type { FieldKey } from '../types';
import { readFieldAnswer } from './answer';
import { nameInsteadOf } from './answer-account';
import { readCorrected } from './answer-moment';
import { type AnswerScene, DECLINES, fieldOf, withText } from './answer-scene';
import type { Put } from './answer-lines';
import { findWhole, retraction } from './tail';
import { dropField, labelOf, say, sentence, setField, type Turn } from './working';

const TIMESTAMP = 'timestamp';

/** Forms that almost any word fits: they are corrected by short messages and by those that name the field. */
const LOOSE: ReadonlySet<string> = new Set(['account', 'message']);
/** Words of a short message. */
const MOST_SHORT = 9;

/** "Sorry, it is B, not A": the field whose value A is takes what the rest of the words hold. */
export function correctOld(turn: Turn, scene: AnswerScene, put: Put): FieldKey | null {
  const { now } = turn;
  const folded = fold(scene.text);
  for (const [key, { value }] of Object.entries(now.fields)) {
    if (value === null || value.length < 2) continue;
    const at = findWhole(folded, fold(value));
    const field = fieldOf(turn.engine, key);
    if (at < 0 || field === undefined || !mayCorrect(turn, scene, field)) continue;
    const said = scene.read.fields[key];
    if (said !== undefined && said !== value && field.form !== 'timestamp') {
      const source = scene.read.sources[key] ?? said;
      if (put(key, { kind: 'value', value: said, source }, 'answer')) return key;
      continue;
    }
    if (field.form === 'account') {
      const name = nameInsteadOf(scene, value, at);
      if (name !== null && put(key, { kind: 'value', value: name, source: name }, 'answer')) return key;
      continue;
    }
    const own = withText(scene, `${scene.text.slice(0, at)} ${scene.text.slice(at + value.length)}`);
    const answer = readFieldAnswer(field, own, field.form === 'message');
    if (answer.kind === 'value' && put(key, answer, 'answer')) return key;
  }
  return null;
}

/** "Sorry, I meant B": the field that was answered last, where nothing else is named. */
export function correctLast(turn: Turn, scene: AnswerScene, put: Put): boolean {
  const { answered } = turn.now;
  const field = answered === null ? undefined : fieldOf(turn.engine, answered);
  if (field === undefined || !mayCorrect(turn, scene, field)) return false;
  const back = retraction(scene);
  const tail = back === null ? scene.text.slice(correctionEnd(scene)) : back.tail;
  if (field.form === 'timestamp') return correctMoment(turn, scene, field.key, put);
  const own = withText(scene, tail);
  const answer = readFieldAnswer(field, own, own.intents.words > MOST_NAME);
  const found = answer.kind === 'value' ? answer : readFieldAnswer(field, scene, false);
  return found.kind === 'value' && put(field.key, found, 'answer');
}

/** "Sorry, 07:55", "sorry, the 9th of May": the time that is known keeps what the correction does not say. */
function correctMoment(turn: Turn, scene: AnswerScene, key: FieldKey, put: Put): boolean {
  const known = turn.now.fields[key]?.value;
  if (typeof known !== 'string') return false;
  const tail = retraction(scene)?.tail ?? scene.text.slice(correctionEnd(scene));
  const answer = readCorrected(scene, { head: known, tail });
  if (answer?.kind !== 'value' || answer.value === known) return false;
  const suffix = /T.*?(Z|[+-]\d\d:\d\d)$/.exec(known)?.[1];
  const bare = answer.timezoneMissing === true && answer.value.includes('T');
  return bare && suffix !== undefined
    ? put(key, { ...answer, value: `${answer.value}${suffix}`, timezoneMissing: false }, 'answer')
    : put(key, answer, 'answer');
}

/** Words of a correction that is the new value and nothing else. */
const MOST_NAME = 4;

function correctionEnd({ intents }: AnswerScene): number {
  return intents.list.findLast(({ name }) => name === 'correction')?.end ?? 0;
}

/** Whether a correcting message can be about a field: of loose form only where it is short or names the field. */
function mayCorrect(turn: Turn, scene: AnswerScene, field: FieldData): boolean {
  if (!LOOSE.has(field.form)) return true;
  const named = turn.talk.fieldsNamed(scene.text, scene.language).map(({ key }) => key);
  if (named.includes(field.key)) return true;
  // What stands in the answer to another question belongs to that question.
  const asked = turn.now.last?.field;
  return scene.intents.words <= MOST_SHORT && (asked === undefined || asked === field.key || named.length === 0);
}

/** "Forget the address": the value goes, the field is open again. */
export function takeBack(turn: Turn, scene: AnswerScene, changed: FieldKey[]): void {
  const { list } = scene.intents;
  const back = list.find((intent) => intent.name === 'take-back' && !intent.negated);
  if (back === undefined) return;
  for (const { key, start } of turn.talk.fieldsNamed(scene.text, scene.language)) {
    if (start < back.start || start > back.end + 40 || turn.now.fields[key] === undefined) continue;
    dropField(turn, key);
    if (key === TIMESTAMP) turn.now.timezoneMissing = false;
    changed.push(key);
    say(turn, 'text', sentence(turn, 'taken', { label: labelOf(turn, key) }));
  }
}

/** "No idea about the zone": fields named in a clause that declines. */
export function declineOthers(turn: Turn, scene: AnswerScene, changed: readonly FieldKey[]): void {
  const { intents, text } = scene;
  const declines = intents.list.filter(
    (intent) => (DECLINES as readonly string[]).includes(intent.name) && !intent.negated && !intent.asked,
  );
  if (declines.length === 0) return;
  const border = (from: number): number => {
    const end = text.slice(from).search(/[.;!?,\n。，；！？]/);
    return end < 0 ? text.length : from + end;
  };
  for (const { key, start } of namedFields(turn, scene)) {
    const near = declines.some(
      (intent) =>
        (start >= intent.start && start < border(intent.end)) || (intent.start > start && intent.start < border(start)),
    );
    const known = turn.now.fields[key];
    if (!near || typeof known?.value === 'string' || changed.includes(key)) continue;
    if (key === TIMEZONE && !turn.now.timezoneMissing) continue;
    setField(turn, key, { value: null, source: text.slice(0, 200), by: 'text' });
    if (key === TIMEZONE) turn.now.timezoneMissing = false;
  }
}

function namedFields(turn: Turn, scene: AnswerScene): readonly { readonly key: FieldKey; readonly start: number }[] {
  const zone = fold(scene.text).indexOf(fold(labelOf(turn, TIMEZONE)));
  const named = turn.talk.fieldsNamed(scene.text, scene.language);
  if (zone >= 0) return [...named.filter(({ key }) => key !== TIMESTAMP), { key: TIMEZONE, start: zone }];
  const hit = turn.engine.fields.lexicon(scene.language).cue('timestamp', 'zone-elsewhere').exec(fold(scene.text));
  return hit === null || !turn.now.timezoneMissing
    ? named
    : [...named.filter(({ key }) => key !== TIMESTAMP), { key: TIMEZONE, start: hit.index }];
}
