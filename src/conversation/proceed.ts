// How a talk goes on after a message: what was asked back, the verdict, why an answer was none, the next question or the ticket.
import { fillIn } from '../pack/texts';
import { type AnswerScene, DECLINES } from './answer-scene';
import { askBack } from './ask-back';
import type { MessageEvent } from './event';
import { isDayOnly, type Taken } from './fields';
import type { Judged } from './judge';
import { isAskedOut, nextQuestion, reword } from './next';
import { putQuestion, sayNoVerdict, sayVerdict, showDraft, SUBMIT } from './speak';
import { labelOf, say, sentence, setField, textsOf, type Turn } from './working';
import type { Intents } from './words';

export interface Rest {
  readonly judged: Judged;
  readonly taken: Taken;
  readonly at: number;
  readonly chosen: string | null;
  readonly event: MessageEvent;
}

/** Answers what was asked back, says the verdict, and asks the next question or shows the ticket. */
export function goOn(turn: Turn, scene: AnswerScene, { judged, taken, at, chosen, event }: Rest): void {
  const { now, engine } = turn;
  const { intents } = scene;
  const asked = now.last;
  const spoke = sayVerdict(turn, judged, at);
  const open = asked !== null && taken.answered === null && chosen === null && asked.asks !== SUBMIT;
  const back = askBack(turn, scene, { open, silent: spoke || (taken.answered !== null && !intents.asks) });
  const steering = open && !back && taken.changed.length === 0;
  const moved = steering && asked.text !== reword(asked, now.language, engine).text;
  const idleTalk =
    steering && (moved || scene.steers === true || intents.has('wait', 'thanks', 'greeting', 'keeps-secret'));
  if (idleTalk && !moved && intents.has('wait', 'thanks', 'keeps-secret'))
    say(
      turn,
      'text',
      sentence(turn, intents.has('keeps-secret') ? 'neverSend' : intents.has('thanks') ? 'thanks' : 'wait'),
    );
  const declinedChoice = asked?.asks !== undefined && chosen === null && intents.has(...DECLINES);
  if (taken.declined && asked?.field !== undefined)
    say(turn, 'text', sentence(turn, 'notedUnknown', { label: labelOf(turn, asked.field) }));
  const bad =
    open && taken.elsewhere === null && !back && !idleTalk && !spoke ? badAnswer(taken, asked, intents) : null;
  if (bad !== null) sayBad(turn, bad);
  const known = asked?.field === undefined ? undefined : now.fields[asked.field]?.value;
  const other = taken.elsewhere !== null;
  // Who answered another question may still answer this one.
  if (open && !other && asked.field !== undefined && typeof known !== 'string' && isAskedOut(asked.field, now)) {
    setField(turn, asked.field, { value: null, source: '', by: 'answer' });
    say(turn, 'text', sentence(turn, 'notedUnknown', { label: labelOf(turn, asked.field) }));
  }
  const key = asked?.field ?? asked?.asks;
  const again =
    open &&
    (back || bad !== null || idleTalk || other) &&
    !declinedChoice &&
    key !== undefined &&
    !isAskedOut(key, now);
  // Fields named beside a question that was passed over as a whole may be named again.
  const passed = open && !taken.changed.some((changed) => asked.also.includes(changed));
  if (passed) now.offered = now.offered.filter((offered) => !asked.also.includes(offered));
  const vague = asked?.field !== undefined && isVague(turn, asked.field, taken, intents);
  if (vague) say(turn, 'text', sentence(turn, 'needClock'));
  const next =
    again || vague
      ? {
          ...reword(asked, now.language, engine),
          also: passed ? asked.also.filter((beside) => now.fields[beside] === undefined) : [],
        }
      : nextQuestion(now, judged, engine);
  if (next === null) {
    sayNoVerdict(turn, judged);
    showDraft(turn, judged);
    return;
  }
  now.status = 'open';
  putQuestion(turn, next, judged, event.egressUrl);
}

/** The day alone was answered: the clock time is asked for once, unless the person does not know it. */
function isVague({ now, engine }: Turn, key: string, taken: Taken, intents: Intents): boolean {
  const value = now.fields[key]?.value;
  return (
    key === engine.fields.keyOf('timestamp') &&
    taken.answered === key &&
    taken.changed.includes(key) &&
    typeof value === 'string' &&
    isDayOnly(value) &&
    !isAskedOut(key, now) &&
    !intents.has(...DECLINES)
  );
}

/** What to say of a message that is no answer, where it was meant as one. */
function badAnswer(
  taken: Taken,
  asked: Turn['now']['last'],
  intents: Intents,
): { readonly text: string; readonly value?: string } | null {
  if (taken.bad !== null) return taken.bad;
  if (
    asked?.asks !== undefined &&
    !intents.has(...DECLINES, 'still-fails') &&
    taken.changed.length === 0 &&
    intents.words <= 6
  )
    return { text: 'badChoice' };
  return null;
}

function sayBad(turn: Turn, bad: { readonly text: string; readonly value?: string }): void {
  const texts = textsOf(turn);
  const choices = (turn.now.last?.choices ?? []).map(({ label }) => label).join(' / ');
  const words = texts.talk[bad.text] ?? texts.warnings[bad.text] ?? bad.text;
  say(turn, 'text', fillIn(words, { value: bad.value ?? '', choices }));
  // An inside address is told how to see the outside one.
  const field = turn.now.last?.field;
  if (bad.text in texts.warnings && field !== undefined) say(turn, 'answer', texts.fields[field]?.explain ?? '');
}
