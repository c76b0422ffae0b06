// Messages that are about the talk and tell nothing of the trouble: they are obeyed, and stand neither in the ticket nor among the evidence.
import type { AnswerScene } from './answer-scene';
import type { Intent } from './words';

const COMMANDS = ['ask-human', 'open-ticket', 'start-over', 'greeting', 'thanks', 'wait', 'keeps-secret'];
/** In longer messages such words stand beside something that is told. */
const MOST_WORDS = 16;
const MOST_EMPTY = 4;
/** Content words that a command may hold beside its own. */
const MOST_BESIDE = 1;
/** In the answer whether the ticket is to be sent there may be words of the label too. */
const MOST_OF_ANSWER = 2;

/** Whether a message only steers the talk. `asksToSend`: its answer would send the ticket, so yes and no are such words too. */
export function isCommand(scene: AnswerScene, asksToSend: boolean): boolean {
  const { intents, text, words, read } = scene;
  if (wantsToSend(scene)) return true;
  if (intents.words > MOST_WORDS || Object.keys(read.fields).length > 0 || read.linted.findings.length > 0)
    return false;
  const names = asksToSend ? [...COMMANDS, 'yes', 'no'] : COMMANDS;
  const own = intents.list.filter(({ name }) => names.includes(name));
  if (own.length === 0 && !(asksToSend && words.choices('submit', text).size > 0)) return false;
  return contentBeside({ text, words }, own) <= (asksToSend ? MOST_OF_ANSWER : MOST_BESIDE);
}

/** "Yes" or "no" and nothing else: it answers what was asked, and tells nothing by itself. */
export function isBareYesNo({ intents }: AnswerScene): boolean {
  return intents.has('yes', 'no') && !intents.has('still-fails') && intents.words <= 3 && intents.covered >= 1;
}

/** "Yes", "no", "no idea" alone: nothing that support needs to read. */
export function isEmpty(scene: AnswerScene): boolean {
  const { intents } = scene;
  return (
    isBareYesNo(scene) || (intents.has('dont-know', 'refuses') && intents.words <= MOST_EMPTY && intents.covered >= 1)
  );
}

/** "Yes" or "ok" alone: no value of any field. */
export function isBareYes(scene: AnswerScene): boolean {
  return scene.intents.has('yes') && !scene.intents.has('no') && isBareYesNo(scene);
}

/** Number of words of content beside those of the intents. */
export function contentBeside({ text, words }: Pick<AnswerScene, 'text' | 'words'>, own: readonly Intent[]): number {
  const rest = own.reduce(
    (left, { start, end }) => `${left.slice(0, start)}${' '.repeat(end - start)}${left.slice(end)}`,
    text as string,
  );
  return words.stems(rest).length;
}

/** "Send it", "yes, send it" where no ticket was shown yet: a wish for one. */
export function wantsToSend({ intents, text, words }: AnswerScene): boolean {
  if (intents.words <= 6 && intents.has('send-it')) return true;
  return intents.words <= 6 && intents.has('yes') && words.choices('submit', text).has('yes');
}
