// Reads a bare account name: one word that looks like a name, or the only word that is none of the language's common ones.
import { fold } from '../extract/fold';
import { normaliseWord } from '../text/tokens';
import type { Answer, AnswerScene } from './answer-scene';
import { plainWords } from './words';

const WORD = /[\p{L}\d][\p{L}\d_.@+-]{1,40}/gu;
const SHAPED = /\p{L}.*[\d_@+-]|[\d_@+-].*\p{L}/u;
const QUOTED = /["'“«`]([\p{L}\d][\p{L}\d_.@+-]{1,40})["'”»`]/u;
const MOST_WORDS = 3;

const REDACTED = /\[redacted:[^\]]*\]/g;

/** "B, not A", "not A but B", "A should read B": the name that takes the place of `old`, which stands at `at`. null where none plainly does. */
export function nameInsteadOf(scene: AnswerScene, old: string, at: number): string | null {
  const { engine, text, language } = scene;
  const lexicon = engine.fields.lexicon(language);
  const folded = fold(text);
  const denied = lexicon
    .cue('account', 'taken-back', '[\\s"\'`“«(]{0,3}$')
    .test(folded.slice(Math.max(0, at - 24), at));
  const label = new RegExp(`^${lexicon.labels('account')}$`);
  const from = Math.max(0, ...[...text.slice(0, at).matchAll(/[.;!?。；！？]\s|\n/g)].map((match) => match.index + 1));
  const common = new Set(engine.pack.languages.flatMap(plainWords));
  const names = [...text.matchAll(WORD)].flatMap((match) => {
    const word = match[0].replace(/[.+@-]+$/, '');
    const start = match.index;
    const steers = scene.intents.list.some((intent) => intent.start <= start && start < intent.end);
    const plain = fold(word);
    const none =
      word === old ||
      word.length < 2 ||
      start < from ||
      steers ||
      common.has(normaliseWord(word)) ||
      label.test(plain) ||
      (at <= start && start < at + old.length) ||
      !/^[\x21-\x7e]+$/.test(word);
    const alike = SHAPED.test(word) || plain.slice(0, 3) === fold(old).slice(0, 3);
    return none || (!alike && engine.fields.ordinary(plain)) ? [] : [{ word, start, alike }];
  });
  const ahead = names.filter(({ start }) => start < at).reverse();
  const behind = names.filter(({ start }) => start > at);
  const near = denied ? [...ahead, ...behind] : behind;
  return (near.find(({ alike }) => alike) ?? (denied || near.length === 1 ? near[0] : undefined))?.word ?? null;
}

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
  const isAction = (word: string): boolean => engine.fields.api.actions.some(({ action }) => action === fold(word));
  const isName = (word: string): boolean =>
    !common.has(normaliseWord(word)) &&
    !isAction(word) &&
    !/^v?\d{1,3}(?:\.\d{1,3}){1,3}$|^\d{4}-\d\d|^\d+$/.test(word) &&
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
  // Of several words, one of the language's own is no name.
  const names = words.length === 1 || leads || !engine.fields.ordinary(fold(only));
  return names && (words.length <= MOST_WORDS || leads)
    ? { kind: 'value', value: only, source: only, loose: true }
    : { kind: 'nothing' };
}
