// What the words of the API's reply say when they are read by themselves: they come from the service, and no guess outweighs them.
import { fold } from '../extract/fold';
import type { Engine, ReadText } from '../engine';
import type { Redacted } from '../redact/redacted';
import { addLater } from './later';

/** How much more than other words a reply counts that came later; a documented one by its documented meaning. */
const REPLY = 0;
const DOCUMENTED = 4;
const MOST_UNITS = 300;

/** The value of the message field read as the envelope of a reply. */
function readReply(reply: string, engine: Engine, language: string): ReadText {
  const words = reply.slice(0, MOST_UNITS);
  const { message } = (engine.pack.api as { readonly envelope: { readonly message: string } }).envelope;
  const text = `${message}: "${words.replaceAll('"', "'")}"` as Redacted;
  const read = engine.readRedacted({ text, redactions: [], spans: [], observations: [] }, { language });
  const start = text.indexOf(words.slice(0, 1), message.length + 3);
  return read.replies.length > 0 ? read : { ...read, replies: [{ start, end: text.length - 1 }] };
}

/** The odds of later messages with those of a reply that was told now. */
export function addReply(
  before: Readonly<Record<string, number>>,
  reply: string,
  engine: Engine,
  language: string,
): Readonly<Record<string, number>> {
  const read = readReply(reply, engine, language);
  const said = addLater({}, read, engine.classifier.features(read), engine);
  const folded = fold(reply);
  const documented = engine.fields.api.messages.some((words) => folded.includes(fold(words)));
  const factor = documented ? DOCUMENTED : REPLY;
  return Object.fromEntries(Object.entries(said).map(([id, odds]) => [id, (before[id] ?? 0) + factor * odds]));
}

const judged = new WeakMap<Engine, Map<string, number>>();
/** Replies whose judgement is remembered; they are asked for at every turn of their talk. */
const MOST_REMEMBERED = 500;

/** Probability of none by the reply alone, where it points to a cause by itself; 1 where it does not. */
export function noneOfReply(reply: string, engine: Engine, language: string): number {
  let known = judged.get(engine);
  if (known === undefined || known.size >= MOST_REMEMBERED) judged.set(engine, (known = new Map<string, number>()));
  const key = `${language} ${reply}`;
  const none = known.get(key) ?? judgeReply(reply, engine, language);
  known.set(key, none);
  return none;
}

function judgeReply(reply: string, engine: Engine, language: string): number {
  const read = readReply(reply, engine, language);
  const { causes, none } = engine.classifier.judge(read).ranking;
  const { verdictFrom, noneFactor } = engine.pack.pack;
  const first = causes[0]?.probability ?? 0;
  return first >= verdictFrom && first >= none * noneFactor ? none : 1;
}
