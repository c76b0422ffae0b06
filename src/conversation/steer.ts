// Words about the talk itself: a human, a ticket, success, sending or changing the draft.
import { askBack } from './ask-back';
import { readChoice } from './choice';
import { wantsToSend } from './command';
import type { AnswerScene } from './answer-scene';
import type { Taken } from './fields';
import { judge, type Judged, KEEPS } from './judge';
import { askToSend, sayVerdict, showDraft, SUBMIT } from './speak';
import { say, sentence, type Turn } from './working';

/** After so many turns in a row without news the ticket is shown as it is. */
const MOST_IDLE = 7;

/** Words about the talk itself that decide what happens next. True where the turn is done. */
export function steer(turn: Turn, scene: AnswerScene, judged: Judged, taken: Taken): boolean {
  const { now } = turn;
  const { intents } = scene;
  if (now.status === 'handed-over') {
    say(turn, 'text', sentence(turn, 'humanMore'));
    return true;
  }
  const anywhere = turn.talk.book.saidAnywhere(scene.text);
  const honoured = (name: string): boolean => intents.has(name) || anywhere.has(name);
  if (honoured('ask-human')) {
    handOver(turn);
    return true;
  }
  const works = intents.list.some(({ name, negated, asked }) => name === 'works-now' && !negated && !asked);
  if (works && !intents.has('still-fails')) {
    if (now.verdicts.length === 0 && now.turns <= now.from + 1) now.cause = null;
    // What was fixed in the end is what was said last.
    else now.cause = fixedCause(turn);
    now.status = 'resolved';
    now.last = null;
    say(turn, 'done', sentence(turn, 'resolved'));
    return true;
  }
  if (now.status === 'resolved') {
    if (!intents.has('still-fails') && taken.changed.length === 0) {
      const thanked = intents.has('thanks') && !intents.asks;
      say(turn, thanked ? 'text' : 'answer', sentence(turn, thanked ? 'thanks' : 'cannotSay'));
      return true;
    }
    now.status = 'open';
  }
  if (now.status === 'review' && now.last?.asks === SUBMIT) return review(turn, scene, judged, taken);
  if (((honoured('open-ticket') || wantsToSend(scene)) && now.from < now.turns - 1) || now.idle >= MOST_IDLE) {
    sayVerdict(turn, judged, now.turns - 1);
    showDraft(turn, judged);
    return true;
  }
  return false;
}

/** The cause whose fix worked: what was said last, unless another is plainly likelier by now. */
function fixedCause({ now }: Turn): string | null {
  const said = now.verdicts.at(-1)?.cause ?? null;
  if (said === null || now.cause === null) return now.cause ?? said;
  return (now.probabilities[said] ?? 0) >= KEEPS * (now.probabilities[now.cause] ?? 0) ? said : now.cause;
}

export function handOver(turn: Turn): void {
  turn.now.status = 'handed-over';
  turn.now.last = null;
  say(turn, 'done', sentence(turn, 'human'));
}

/** The draft is shown: send it, change it, or talk on about it. */
function review(turn: Turn, scene: AnswerScene, judged: Judged, taken: Taken): boolean {
  const { now } = turn;
  const { intents, words, text } = scene;
  const chosen = readChoice(SUBMIT, now.last?.choices ?? [], text, words, intents);
  if (taken.changed.length === 0 && (chosen === 'yes' || (chosen === null && intents.has('open-ticket')))) {
    submit(turn);
    return true;
  }
  if (taken.changed.length === 0 && chosen === 'no') {
    say(turn, 'text', sentence(turn, 'changeWhat'));
    return true;
  }
  const spoke = sayVerdict(turn, judged, now.turns - 1);
  if (!spoke && taken.changed.length === 0) askBack(turn, scene);
  showDraft(turn, judged);
  return true;
}

export function submit(turn: Turn): void {
  turn.now.status = 'submitted';
  turn.now.last = null;
  turn.now.ticket = null;
  say(turn, 'done', sentence(turn, turn.delivers ? 'submitted' : 'kept'));
}

/** Whatever was said meanwhile, the ticket is with support now. */
export function delivered(turn: Turn, reference: string): void {
  if (turn.now.status === 'review') {
    turn.now.status = 'submitted';
    turn.now.last = null;
  }
  turn.now.ticket = reference;
  say(turn, 'done', sentence(turn, 'delivered', { reference }));
}

/** It is said, and the person may send it again; a talk that a human took over stays theirs. */
export function undelivered(turn: Turn, withheld: boolean): void {
  say(turn, 'warning', sentence(turn, withheld ? 'withheld' : 'undelivered'));
  if (turn.now.status === 'submitted') askToSend(turn, judge(turn.now, turn.engine));
}
