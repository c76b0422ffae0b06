// Unquoted words of a reply: behind a label, on a line of their own, or behind a verb of saying.

import { before, sentenceEnd, type Context } from './context';
import type { Focus } from './focus';
import { distance, EMPTY, inClientError, isSentence, MAX_MESSAGE, trimmed } from './message-shape';
import { isNoMessage } from './no-message';
import { isForeign } from './reply';
import type { Candidate } from './candidate';
import { lineAt, lineSpan } from './view';

/** `Label: words` to the end of the line, where the words read like a refusal. */
export function fromLabels(ctx: Context, focus: Focus | null, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.once(
    'message labels',
    () => new RegExp(`${lexicon.labels('message')}\\**["'\\])]{0,2}[ \\t]{0,2}(?::|=>|=|->|>>)[ \\t]{0,3}\\**`, 'g'),
  );
  const like = lexicon.cue('message', 'like-message');
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const start = m.index + m[0].length;
    const line = lineSpan(view, lineAt(view, start));
    const quote = /^["'“«`]/.exec(view.text.slice(start, start + 1));
    if (quote !== null) continue;
    const prose = sentenceEnd(view.folded, start, MAX_MESSAGE);
    let from = start;
    const code = /^(?:http\s?)?-?\d{1,6}\b[\s,:–—-]{0,3}(?:"|“|«)?/i.exec(view.text.slice(start, line.end));
    if (code !== null) from = start + code[0].length;
    const span = trimmed(ctx, from, Math.min(line.end, prose), false);
    if (span === null) continue;
    const words = view.text.slice(span.start, span.end);
    if (!isSentence(words) || /^["'“«`]/.test(words)) continue;
    const folded = view.folded.slice(span.start, span.end);
    if (!like.test(folded) || isNoMessage(ctx, folded)) continue;
    if (inClientError(ctx, m.index, span.end) || isForeign(ctx, m.index)) continue;
    if (/\bat |Exception|\.php|\.java|\.py\b/.test(words)) continue;
    out.push({ value: words, ...span, score: 2 + (distance(focus, span.start) < 60 ? 0.5 : 0) });
  }
}

/** A line of its own that sounds like a refusal, below one that ends in a verb of saying or a colon. */
export function fromOwnLines(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  if (view.lines.length > 400) return;
  const say = lexicon.cue('message', 'say-before', '[\\s:–—-]{0,4}$');
  const like = lexicon.cue('message', 'like-message');
  let above = '';
  for (let i = 0; i < view.lines.length; i++) {
    const { start, end } = lineSpan(view, i);
    const folded = view.folded.slice(start, end).trim();
    if (folded === '') continue;
    const previous = above;
    above = folded.slice(-90);
    const arrow = /^(?:->|=>|<-|<<|→)\s(?=[a-z])/.exec(folded);
    if (
      folded.length < 6 ||
      folded.length > 90 ||
      !(
        arrow !== null ||
        say.test(previous) ||
        (previous.endsWith(':') && lexicon.cue('message', 'machine').test(previous))
      )
    )
      continue;
    if (
      !like.test(folded) ||
      isNoMessage(ctx, folded) ||
      /[{}[\]=;$]|^["'`“«]|^(?:i|we|you|but|and|so)\b|:\s|\?$|\. \w/.test(folded)
    )
      continue;
    const from = view.text.indexOf(view.text.slice(start, end).trim(), start) + (arrow?.[0].length ?? 0);
    const span = trimmed(ctx, from, end, false);
    if (span === null || inClientError(ctx, span.start, span.end) || isForeign(ctx, span.start)) continue;
    const words = view.text.slice(span.start, span.end);
    if (isSentence(words) && words.split(/\s+/).length <= 12) out.push({ value: words, ...span, score: 1.6 });
  }
}

/** `the API says no such user` */
export function fromVerbs(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const re = lexicon.cue('message', 'say-plain', '[\\s:]{1,3}(?:-?\\d{1,5}[\\s,:]{1,3})?', 'g');
  const like = lexicon.cue('message', 'like-message');
  const speaker = lexicon.cue('message', 'speaker');
  const label = lexicon.once('message label lead', () => new RegExp(`^${lexicon.labels('message')} ?[:–—-] `));
  const exact = lexicon.cue('message', 'say-exact', '[\\s:]{0,3}(?:-?\\d{1,5})?$');
  re.lastIndex = 0;
  for (let m = re.exec(view.folded); m !== null; m = re.exec(view.folded)) {
    const lead = label.exec(view.folded.slice(m.index + m[0].length, m.index + m[0].length + 40));
    const start = m.index + m[0].length + (lead?.[0].length ?? 0);
    re.lastIndex = Math.max(m.index + 1, start - 1);
    if (/["'“«`„「]/.test(view.text[start] ?? '')) continue;
    const span = trimmed(ctx, start, sentenceEnd(view.folded, start, 100), true);
    if (span === null) continue;
    const folded = view.folded.slice(span.start, span.end);
    const words = view.text.slice(span.start, span.end);
    const found = like.exec(folded);
    if (found === null || !isSentence(words) || words.split(/\s+/).length > 9) continue;
    if (/[\d:/_]/.test(words) && !/\s/.test(words)) continue;
    if (isNoMessage(ctx, folded)) continue;
    if (inClientError(ctx, span.start, span.end) || isForeign(ctx, span.start)) continue;
    if (
      /^(?:an?|the|that|to|my|our|in|on|it|this|for|with|not|no)\b(?<!no(?= (?:such|access|permission|credentials)))/.test(
        folded,
      ) &&
      !/[A-Z]/.test(words[0] ?? '')
    )
      continue;
    const pre = before(ctx, m.index + 1, 60);
    if (speaker.test(pre.slice(-24))) continue;
    // Latin words right behind Han ones are a quotation, as a capital is.
    const capital =
      /^[\p{Lu}\u4e00-\u9fff]/u.test(words) || (/^[a-z]/.test(words) && /[\u4e00-\u9fff][\s:]*$/.test(m[0]));
    // Unquoted words in the person's own language are a paraphrase.
    if (lexicon !== ctx.service && !ctx.service.cue('message', 'like-message').test(folded)) continue;
    if (EMPTY.test(folded) || /^(?:i|we|you|they|he)\b/.test(folded)) continue;
    // Fewer than three plain words are the person's own way of telling it.
    if (!capital && (words.split(/\s+/).length < 3 || !exact.test(m[0].trimEnd()))) continue;
    out.push({ value: words, ...span, score: capital ? 1.8 : 1.1 });
  }
}
