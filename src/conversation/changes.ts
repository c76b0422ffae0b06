// Changes to fields that the open question did not ask for: corrections, values taken back, fields that cannot be given.
import { TIMEZONE } from '../ask/missing';
import { fold } from '../extract/fold';
import type { Redacted } from '../redact/redacted';
import type { FieldKey } from '../types';
import { readFieldAnswer } from './answer';
import { type AnswerScene, DECLINES, fieldOf } from './answer-scene';
import type { Put } from './answer-lines';
import { dropField, labelOf, say, sentence, setField, type Turn } from './working';

const TIMESTAMP = 'timestamp';

/** "Sorry, it is B, not A": the field whose value A is takes what the rest of the words hold. */
export function correctOld(turn: Turn, scene: AnswerScene, put: Put): FieldKey | null {
  const folded = fold(scene.text);
  for (const [key, { value }] of Object.entries(turn.now.fields)) {
    if (value === null || value.length < 2) continue;
    const at = folded.indexOf(fold(value));
    const field = fieldOf(turn.engine, key);
    if (at < 0 || field === undefined) continue;
    // "Not A but B": a name is the last word of the clause behind the old one.
    const behind =
      scene.text
        .slice(at + value.length)
        .split(/[.;,!?\n]/)[0]
        ?.trim()
        .split(/\s+/)
        .at(-1) ?? '';
    const rest = `${scene.text.slice(0, at)} ${scene.text.slice(at + value.length)}`;
    const text = (field.form === 'account' && /\p{L}{2}/u.test(behind) ? behind : rest) as Redacted;
    const read = turn.engine.readRedacted(
      { text, redactions: [], spans: [], observations: [] },
      { language: scene.language },
    );
    const answer = readFieldAnswer(
      field,
      { ...scene, text, read, intents: scene.words.intents(text) },
      field.form === 'message',
    );
    if (answer.kind === 'value' && put(key, answer, 'answer')) return key;
  }
  return null;
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
