// Words in the service's own language within a text of another language: they are a quotation, whatever stands around them.

import type { Candidate } from './candidate';
import type { Context } from './context';
import { EMPTY, inClientError, isSentence } from './message-shape';
import { isNoMessage } from './no-message';
import { isForeign } from './reply';

/** Words of Latin letters behind a mark, a letter of another script, or at a line's beginning. */
const RUN =
  /(?:^|\n|[:：，,。>→；;（(]\s?|[\u0400-\u1dff\u2e80-\uffef]\s?|[a-z\u00c0-\u024f\u1e00-\u1eff] (?=[a-z]+ [a-z]+))([A-Za-z][A-Za-z0-9'/]*(?:[ _][A-Za-z0-9'/]+(?:\.\d+)*){0,9})(?=\s?(?:$|[\n.,;:!?，。；！？)）(（"']|[\u0400-\u1dff\u2e80-\uffef]))/g;
const MAX_RUNS = 400;

/** Proposals of such words that sound like a refusal. Nothing where the person writes the service's language. */
export function fromServiceWords(ctx: Context, out: Candidate[]): void {
  const { lexicon, service, view } = ctx;
  if (lexicon === service) return;
  const like = service.cue('message', 'like-message');
  const native = lexicon.cue('message', 'native');
  const cue = lexicon.cue('message', 'say-before', '[\\s:,=>(*–—-]{0,6}$');
  let count = 0;
  for (const m of view.text.matchAll(RUN)) {
    if (++count > MAX_RUNS) return;
    const words = m[1] ?? '';
    const start = m.index + m[0].length - words.length;
    const folded = view.folded.slice(start, start + words.length);
    const found = like.exec(folded);
    if (found === null || !/[ _]/.test(words) || !isSentence(words) || EMPTY.test(folded)) continue;
    if (found[0] === 'error' && !/^[A-Za-z]+ error$/.test(words)) continue;
    if (isNoMessage(ctx, folded) || native.test(folded)) continue;
    const lead = view.folded.slice(Math.max(0, start - 40), start);
    const framed = /(?:^|\n|[:：，,>→]\s?)$/.test(view.text.slice(Math.max(0, start - 3), start));
    if (!framed && !cue.test(lead) && !/[\u0400-\u1dff\u2e80-\uffef]\s?$/.test(lead)) continue;
    if (inClientError(ctx, start, start + words.length) || isForeign(ctx, start)) continue;
    out.push({ value: words, start, end: start + words.length, score: cue.test(lead) || framed ? 1.7 : 1.2 });
  }
}
