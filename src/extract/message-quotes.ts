// Quoted words that are said to be the service's reply: a verb or noun of saying stands beside them, and no other speaker.

import { after, before, type Context } from './context';
import type { Focus } from './focus';
import { distance, EMPTY, PARTIAL, inClientError, isSentence, MAX_MESSAGE } from './message-shape';
import { isNoMessage } from './no-message';
import { isForeign } from './reply';
import type { Candidate } from './candidate';

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['”', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['`', '`'],
  ['‘', '’'],
  ["'", "'"],
];
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]:[0-9a-f]{0,4}:/;

/** `403 "…"`, `→ 4033 "…"` */
const CODE_BEFORE = /(?:^|[\s(>:=])[45]\d{2,5}[\s:,(–—-]{1,3}["“”„«‘「『'`]$/;
/** A text no longer than this may be a reply and a word or two about it, UTF-16 units. */
const BARE = 60;

/** The quotation opens or ends the text and little else is said. */
function isBare(text: string, q: { readonly start: number; readonly end: number }): boolean {
  const rest = text.length - (q.end - q.start);
  return rest < BARE && !/[?？]/.test(text) && (q.start <= 2 || text.length - q.end <= 2);
}

/** Spans of quoted words, shortest first come. Linear: every opening looks on at most `MAX_MESSAGE` units. */
function* quoted(text: string): Generator<{ start: number; end: number; mark: string }> {
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    const pair = QUOTES.find(([open]) => open === c);
    if (pair === undefined) continue;
    // An apostrophe within a word opens nothing.
    if ((c === "'" || c === '’' || c === '‘' || c === '`') && /[\p{L}\p{N}]/u.test(text[i - 1] ?? '')) continue;
    let end = -1;
    for (let j = i + 1; j < text.length && j - i < MAX_MESSAGE; j++) {
      const d = text[j] ?? '';
      if (d === '\n') break;
      if (d !== pair[1]) continue;
      if (d === "'" && /[\p{L}]/u.test(text[j + 1] ?? '')) continue;
      end = j;
      break;
    }
    if (end < 0) continue;
    yield { start: i + 1, end, mark: c };
    i = end;
  }
}

/** Quoted words with a verb or noun of saying right before, or such words right behind. */
export function fromQuotes(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const say = lexicon.cue('message', 'say-before', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  const loose = lexicon.cue('message', 'say-loose', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  const label = lexicon.once(
    'message label end',
    () => new RegExp(`${lexicon.labels('message')}[\\s:=>*-]{1,5}["'\`“”„«‘「『]?$`),
  );
  const behind = lexicon.once(
    'message behind',
    () => new RegExp(`^["'\`“”»’」』]?[\\s,;.–—-]{0,4}${lexicon.source('message', 'say-after')}`),
  );
  const thing = lexicon.once(
    'message thing',
    () => new RegExp(`^["'\`”»’」』]?\\s{0,2}${lexicon.source('message', 'thing-after')}`),
  );
  const receive = lexicon.cue('message', 'receives', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  const speaker = lexicon.cue('message', 'speaker');
  const machine = lexicon.cue('message', 'machine', '', 'g');
  const like = lexicon.cue('message', 'like-message');
  const wished = lexicon.cue('message', 'not-said', '[\\s:,=>(*–—-]{0,6}["\'`“”„«‘「『]?$');
  for (const q of quoted(view.text)) {
    const words = view.text.slice(q.start, q.end);
    if (!isSentence(words)) continue;
    const folded = view.folded.slice(q.start, q.end);
    if (isNoMessage(ctx, folded) || inClientError(ctx, q.start, q.end)) continue;
    const pre = before(ctx, q.start, 90);
    if (wished.test(pre)) continue;
    const looks = like.test(folded);
    // One plain word is a name or a label; a capital or a sign that it refuses makes it a reply.
    if (!/[\s\u4e00-\u9fff]/.test(words) && !(looks && (/^[A-Z\u0410-\u042f]|[_-]/.test(words) || say.test(pre))))
      continue;
    if (EMPTY.test(folded) || (!looks && PARTIAL.test(folded))) continue;
    let score = 0;
    if (label.test(pre)) score = looks ? 3 : 2.2;
    else if (say.test(pre))
      score = looks ? 3 : /\s/.test(words) || words.length > 12 || /[^\x00-\x7f]/.test(words) ? 1.6 : 0.4;
    else if (behind.test(after(ctx, q.end, 60))) score = looks ? 2.6 : 1.2;
    else if (looks && loose.test(pre)) score = 1.3;
    else if (looks && (distance(focus, q.start) < 40 || /^\W{0,4}$/.test(pre) || ADDRESS.test(words))) score = 1.2;
    else if (looks) score = lexicon === ctx.service ? 0.9 : 1.1;
    // A code right before the quotation mark makes anything a reply, and so does a text that is hardly more than the quotation.
    if (CODE_BEFORE.test(view.text.slice(Math.max(0, q.start - 12), q.start))) score = Math.max(score, 2);
    if (/\s/.test(words) && isBare(view.text, q)) score = Math.max(score, 1);
    if (score === 0) continue;
    if (thing.test(after(ctx, q.end, 30))) score -= 3;
    // The last speaker named before the words is the one who says them.
    const who = lastMatch(pre, speaker);
    if (who >= 0 && lastMatch(pre, machine) < who && !receive.test(pre)) score -= 3;
    if (focus !== null && distance(focus, q.start) < 40) score += 0.8;
    if (isForeign(ctx, q.start)) continue;
    if (score > 0) out.push({ value: words, start: q.start, end: q.end, score });
  }
}

function lastMatch(words: string, re: RegExp): number {
  const all = re.global ? re : new RegExp(re.source, 'g');
  let last = -1;
  all.lastIndex = 0;
  for (let m = all.exec(words); m !== null; m = all.exec(words)) {
    last = m.index;
    if (m[0] === '') all.lastIndex++;
  }
  return last;
}
