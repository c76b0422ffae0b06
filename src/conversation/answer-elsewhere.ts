// A message that is the value of another field than the one that is asked for: people write two lines at once, or read late.
import { fold } from '../extract/fold';
import type { FieldData, FieldForm } from '../extract/fields';
import type { FieldKey } from '../types';
import { readFieldAnswer } from './answer';
import { isDotted, isMoment, readMoment } from './answer-moment';
import { type Answer, type AnswerScene, fieldOf, withText } from './answer-scene';
import type { KnownField } from './conversation';
import type { Turn } from './working';

type Value = Extract<Answer, { kind: 'value' }>;

export interface Elsewhere {
  readonly key: FieldKey;
  readonly answer: Value;
}

/** Words of a message that is a value and next to nothing else. */
const MOST_WORDS = 8;
const MOST_UNITS = 300;
/** Words of a message that names one of a field's choices. */
const MOST_CHOOSING = 4;
/** Forms that any words fit: they leave a value of strict form to the field whose form it is. */
const FREE: ReadonlySet<FieldForm> = new Set(['account', 'message', 'integration']);
const VERSION = /^v?\d{1,3}(?:\.\d{1,3}){1,3}$/i;
const CODE = /^(?:http\s?)?([1-5]\d\d)$/i;
const URL_WHOLE = /^https?:\/\/[^\s"'<>`]+$/i;
const DOMAIN_WHOLE = /^(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,6}\p{L}[\p{L}\d-]{1,30}$/u;
/** A word in the form of a name: Latin letters with digits or marks. */
const NAME = /^(?=.*[a-z])[a-z\d][a-z\d_@-]{2,40}$/i;
/** "renew, what else", "check (bulk)" */
const LEAD = /^["'`]?([a-z_]{3,40})["'`]?(?:,|\s\(|\s[–—-]\s)/;
const WORDS_OF_REPLIES: ReadonlySet<string> = new Set(['yes', 'no', 'has-none', 'still-fails']);
/** Share of words that steer the talk which a reply's words may hold. */
const MOST_COVERED = 0.5;
const MARKED = /[\d_@-]/;

/** Whether a field may take what is said now: open, declined, or read loosely. */
export function isFree(known: KnownField | undefined): boolean {
  return known === undefined || (known.value === null && known.by !== 'edit') || known.loose === true;
}

/** The message without quotes around it and the mark at its end. */
export function coreOf(text: string): string {
  return text
    .trim()
    .replace(/^["'“«`「]+|["'”»`」]+$/g, '')
    .replace(/[.!,;]+$/, '')
    .trim();
}

/**
 * The other field whose value the whole message is, or null. `asked`: the field that is asked for; where its own form is strict, only what
 * does not fit it is looked at. A value that is known already counts as well: then it was said again.
 */
export function readElsewhere(turn: Turn, scene: AnswerScene, asked: FieldKey | null): Elsewhere | null {
  const { intents, text } = scene;
  if (intents.words > MOST_WORDS || text.length > MOST_UNITS || text.trim().includes('\n') || intents.asks) return null;
  if (scene.steers === true || intents.has('correction')) return null;
  for (const field of turn.engine.fields.fields) {
    if (field.key === asked) continue;
    const answer = BY_FORM[field.form]?.(scene, field) ?? null;
    if (answer === null) continue;
    const known = turn.now.fields[field.key];
    const moves = field.form === 'timestamp' && answer.timezoneMissing !== true && answer.value.includes('T');
    if (isFree(known) || known?.value === answer.value || moves) return { key: field.key, answer };
  }
  return asWords(turn, scene, asked);
}

/** Whether the form asked for takes almost any words, so that a value of strict form is not for it. */
export function takesAnyWords(turn: Turn, key: FieldKey | null): boolean {
  const form = key === null ? undefined : fieldOf(turn.engine, key)?.form;
  return form !== undefined && FREE.has(form);
}

const value = (found: string, source = found): Value => ({ kind: 'value', value: found, source });

/** Whether nothing of content stands beside a value. */
const alone = (scene: AnswerScene, source: string): boolean =>
  scene.words.stems(scene.text.replace(source, ' ')).length === 0;

const isAction = ({ engine }: AnswerScene, name: string): boolean =>
  engine.fields.api.actions.some(({ action }) => action === name);

function extracted({ read }: AnswerScene, { key }: FieldData): Value | null {
  const found = read.fields[key];
  return found === undefined ? null : value(found, read.sources[key] ?? found);
}

const BY_FORM: Partial<Record<FieldForm, (scene: AnswerScene, field: FieldData) => Value | null>> = {
  ip(scene, field) {
    const answer = readFieldAnswer(field, scene, true);
    return answer.kind === 'value' && alone(scene, answer.source) ? answer : null;
  },
  timestamp(scene) {
    if (!isMoment(scene)) return null;
    const answer = readMoment(scene);
    return answer.kind === 'value' && !isDotted(answer.source) ? answer : null;
  },
  url: ({ text }) => (URL_WHOLE.test(coreOf(text)) ? value(coreOf(text)) : null),
  domain(scene) {
    const core = coreOf(scene.text);
    const host = core.toLowerCase();
    return DOMAIN_WHOLE.test(core) && !scene.engine.fields.api.hosts.includes(host) ? value(host, core) : null;
  },
  code(scene, field) {
    const found = CODE.exec(coreOf(scene.text))?.[1];
    const said = found === undefined ? extracted(scene, field) : value(found);
    return said !== null && (found !== undefined || alone(scene, said.source)) ? said : null;
  },
  version(scene, field) {
    const core = coreOf(scene.text);
    const said = VERSION.test(core) ? value(core.replace(/^v/i, ''), core) : extracted(scene, field);
    return said;
  },
  action(scene) {
    const lead = LEAD.exec(fold(coreOf(scene.text)))?.[1];
    if (lead !== undefined && isAction(scene, lead)) return value(lead);
    const core = fold(coreOf(scene.text));
    return isAction(scene, core) ? value(core, scene.text.trim()) : null;
  },
  account: (scene, field) => extracted(scene, field),
  message(scene, field) {
    const core = fold(coreOf(scene.text));
    const documented = scene.engine.fields.api.messages.some((words) => fold(words) === core);
    return documented ? value(coreOf(scene.text)) : extracted(scene, field);
  },
  integration(scene, field) {
    const said = extracted(scene, field);
    if (said !== null) return said;
    if (scene.intents.words > MOST_CHOOSING || scene.intents.has('yes', 'no')) return null;
    const [best, next] = [...scene.words.choices(field.key, scene.text)].sort(([, a], [, b]) => b - a);
    return best !== undefined && (next === undefined || best[1] > next[1]) ? value(best[0], scene.text.trim()) : null;
  },
};

/** A name or the words of a reply: the field of free form that was asked for before and is open. */
function asWords(turn: Turn, scene: AnswerScene, asked: FieldKey | null): Elsewhere | null {
  const { now, engine } = turn;
  const { intents, text, read, words } = scene;
  const core = coreOf(text);
  const account = engine.fields.keyOf('account');
  const message = engine.fields.keyOf('message');
  const wasAsked = (key: FieldKey): boolean => now.asked[key] !== undefined || now.offered.includes(key);
  const steers = intents.list.some(({ negated, asked: wonders }) => !negated && !wonders);
  if (account !== undefined && account !== asked && NAME.test(core) && !steers) {
    const known = now.fields[account];
    if (known?.value === core) return { key: account, answer: value(core) };
    const form = asked === null ? undefined : fieldOf(engine, asked)?.form;
    const names = MARKED.test(core) ? form !== 'action' || wasAsked(account) : wasAsked(account) || form === 'message';
    if (isFree(known) && names && !engine.fields.ordinary(fold(core))) return { key: account, answer: value(core) };
  }
  // "Not allowed", "denied" are words of replies.
  const leads = intents.list.some(
    ({ name, negated, asked: wonders }) => !negated && !wonders && !WORDS_OF_REPLIES.has(name),
  );
  if (message === undefined || message === asked || leads || intents.words < 2 || intents.covered > MOST_COVERED)
    return null;
  const known = now.fields[message];
  if (known?.value === core) return { key: message, answer: value(core) };
  const field = fieldOf(engine, message);
  const tells =
    read.passage.mentions.length > 0 &&
    Object.keys(read.fields).every((key) => key === engine.fields.keyOf('code')) &&
    words.stems(core).length > 0;
  // Words of a reply that are there already, however they were read, give way to what is said to be the reply, not to any words.
  if (typeof known?.value === 'string') return null;
  // Words to a question with choices are an answer to it, though an odd one.
  if (asked !== null && fieldOf(engine, asked)?.form === 'integration') return null;
  if (field === undefined || asked === null || !isFree(known) || !wasAsked(message) || !tells) return null;
  const answer = readFieldAnswer(field, withText(scene, core), false);
  return answer.kind === 'value' ? { key: message, answer: { ...answer, loose: true } } : null;
}
