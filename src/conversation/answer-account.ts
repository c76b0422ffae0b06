// Reads a bare account name: one word that looks like a name, or the only word that is none of the language's common ones.
import { normaliseWord } from '../text/tokens';
import type { Answer, AnswerScene } from './answer-scene';
import { plainWords } from './words';

const WORD = /[\p{L}\d][\p{L}\d_.@+-]{1,40}/gu;
const SHAPED = /\p{L}.*[\d_@+-]|[\d_@+-].*\p{L}/u;
const QUOTED = /["'“«`]([\p{L}\d][\p{L}\d_.@+-]{1,40})["'”»`]/u;
const MOST_WORDS = 3;

const REDACTED = /\[redacted:[^\]]*\]/g;

/** `loose`: a plain word counts too, be it in the first clause alone. */
export function readAccount(scene: AnswerScene, loose: boolean): Answer {
  const text = scene.text.replace(REDACTED, (mark) => ' '.repeat(mark.length));
  const answer = readName(scene, text, loose);
  const clause = /^[^,.;!?\n]+(?=[,.;!?\n])/.exec(text)?.[0];
  return answer.kind === 'value' || !loose || clause === undefined ? answer : readName(scene, clause, loose);
}

function readName(scene: AnswerScene, text: string, loose: boolean): Answer {
  const { engine } = scene;
  const common = new Set(engine.pack.languages.flatMap(plainWords));
  const words = [...text.matchAll(WORD)]
    .map(([word]) => word.replace(/[.+@-]+$/, ''))
    .filter((word) => word.length > 1);
  const isName = (word: string): boolean =>
    !common.has(normaliseWord(word)) &&
    !/^\d{1,3}(?:\.\d{1,3}){1,3}$|^\d{4}-\d\d|^\d+$/.test(word) &&
    !word.includes('redacted');
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined && isName(quoted)) return { kind: 'value', value: quoted, source: quoted };
  // A word with an apostrophe's rest, a version or a moment is no name.
  const shaped = words.filter(
    (word) => isName(word) && SHAPED.test(word) && !/^\d{1,2}(?:st|nd|rd|th|h|am|pm)$/i.test(word),
  );
  const steering = (word: string): boolean => {
    const at = text.indexOf(word);
    return scene.intents.list.some((intent) => intent.start <= at && at < intent.end);
  };
  const first = shaped[0];
  if (first !== undefined && (words.length <= 2 || loose || shaped.length === 1))
    return { kind: 'value', value: first, source: first };
  if (!loose) return { kind: 'nothing' };
  const plain = words.filter((word) => isName(word) && !steering(word) && /^[\x21-\x7e]+$/.test(word));
  const [only] = plain;
  if (only === undefined) return { kind: 'nothing' };
  const leads =
    text.trimStart().startsWith(only) && /^(?:[,.;!:)]|\s*$|\s[:;(])/.test(text.trimStart().slice(only.length));
  return words.length <= MOST_WORDS || leads ? { kind: 'value', value: only, source: only } : { kind: 'nothing' };
}
