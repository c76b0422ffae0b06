// Questions of the person: answered from the FAQ, by the explanation of the field that is asked for, or handed to support.
import type { AnswerScene } from './answer-scene';
import { say, sentence, textsOf, type Turn } from './working';

const MOST_SHORT = 14;

/**
 * Answers what a message asks. True where it asked something and was answered, so that the open question is put again.
 * `open`: the message left the question unanswered; `silent`: what cannot be answered is passed over, since something else was said.
 */
export function askBack(
  turn: Turn,
  scene: AnswerScene,
  options: { readonly open: boolean; readonly silent: boolean } = { open: true, silent: false },
): boolean {
  const { engine, talk, now } = turn;
  const { intents, read, text, language } = scene;
  const texts = textsOf(turn);
  const wonders = intents.asks || (options.open && intents.has('what-is', 'why-ask'));
  if (!wonders) return false;
  const said: string[] = [];
  const field = now.last?.field;
  const named = talk.fieldsNamed(text, language).map(({ key }) => key);
  const explained = intents.has('what-is')
    ? (named.find((key) => texts.fields[key] !== undefined) ?? (intents.words <= MOST_SHORT ? field : undefined))
    : undefined;
  if (intents.has('why-ask') && now.last !== null) said.push(now.last.why);
  else if (explained !== undefined && (explained === field || options.open))
    said.push(texts.fields[explained]?.explain ?? '');
  if (said.length === 0)
    for (const { text: answer } of engine.faq.answers(read.passage.mentions, texts)) said.push(answer);
  if (intents.has('keeps-secret')) said.unshift(sentence(turn, 'neverSend'));
  const words = said.filter((answer) => answer !== '');
  if (words.length === 0) {
    if (options.silent || now.last === null) return false;
    say(turn, 'answer', sentence(turn, 'cannotSay'));
    return options.open;
  }
  for (const answer of words) say(turn, 'answer', answer);
  return options.open;
}
