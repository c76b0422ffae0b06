// Reads what sends the requests: the billing system with its module, or own code.

import { after, before, sentenceStart, type Context } from './context';
import type { Candidate } from './candidate';
import { isLogLike } from './outcome';
import type { Focus } from './reply';

/** The two values of the contract, as the pack names them. */
function valueOf(ctx: Context, which: 'module' | 'own'): string {
  return String(ctx.lexicon.table('integration', 'values')[which] ?? which);
}

/** Mentions of the system, each with what is said of its part in the requests. */
function moduleMentions(ctx: Context): Candidate[] {
  const { lexicon, view } = ctx;
  const out: Candidate[] = [];
  const no = lexicon.cue('integration', 'without-before', '[\\s:,"\'(|]{0,3}$');
  const noAfter = lexicon.once(
    'integration without after',
    () => new RegExp(`^["')\\s,]{0,3}${lexicon.source('integration', 'without-after')}`),
  );
  for (const [group, score] of [
    ['module-name', 3],
    ['module-sign', 2.5],
  ] as const) {
    const re = lexicon.cue('integration', group, '', 'g');
    re.lastIndex = 0;
    let count = 0;
    for (let m = re.exec(view.folded); m !== null && count++ < 200; m = re.exec(view.folded)) {
      const end = m.index + m[0].length;
      if (m[0] === '') re.lastIndex++;
      const denied = no.test(before(ctx, m.index, 40)) || noAfter.test(after(ctx, end, 40));
      out.push({ value: valueOf(ctx, 'module'), start: m.index, end, score: denied ? -score : score });
    }
  }
  return out;
}

function customMentions(ctx: Context): Candidate[] {
  const { lexicon, view } = ctx;
  const out: Candidate[] = [];
  for (const [group, score] of [
    ['custom-strong', 2.8],
    ['custom-sign', 2],
  ] as const) {
    const re = lexicon.cue('integration', group, '', 'g');
    re.lastIndex = 0;
    let count = 0;
    for (let m = re.exec(view.folded); m !== null && count++ < 40; m = re.exec(view.folded)) {
      if (m[0] === '') re.lastIndex++;
      const skip =
        group !== 'custom-strong' &&
        lexicon.cue('integration', 'not-sending', '[\\s"\'`(]{0,3}$').test(before(ctx, m.index, 40));
      // The name of a header at the beginning of its line is part of an exchange, not of a sentence.
      if (
        view.folded[m.index + m[0].length] === ':' &&
        /(?:^|\n)[<>* ]{0,3}$/.test(view.folded.slice(Math.max(0, m.index - 4), m.index))
      )
        continue;
      if (!skip) out.push({ value: valueOf(ctx, 'own'), start: m.index, end: m.index + m[0].length, score });
    }
  }
  // The API's address in a command, or the trace of a client, shows own code at work.
  const shape =
    /(?:^|\n)\s{0,8}(?:[$#>]|\S{1,40}[@:]\S{0,60}[$#])\s(?:curl|wget|http|php|python3?|node|go|ruby|perl|\.\/)\b|(?:^|\n)[<>*] (?:GET|POST|HTTP\/|Host:|Trying|Connected)|\bcurl\s[^\n]{0,200}(?:-H|--header|-u|-X|https?:\/\/[a-z0-9.-]*api)|\n?\s(?:at [\w.$<>]+\(|File "[^"\n]{1,200}", line \d)|Traceback \(most recent call last\)|\\\\?(?:Http|Guzzle)\w*\\\\?Exception|curl_(?:setopt|exec|init|errno)|\bcURL error \d/g;
  const known = lexicon.once('integration shape', () => shape);
  known.lastIndex = 0;
  let count = 0;
  for (let m = known.exec(view.text); m !== null && count++ < 20; m = known.exec(view.text)) {
    out.push({
      value: valueOf(ctx, 'own'),
      start: m.index,
      end: Math.min(m.index + m[0].length, m.index + 80),
      score: 2.2,
    });
  }
  return out;
}

/** Lines that begin with a date or clock and name a level or a process: some program's log of its calls. */
const LOG_LINE =
  /(?:^|\n)[^\n]{0,12}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d)[^\n]{0,160}/g;
const PROCESS =
  /(?:^|[\s\]])[a-z][\w.-]{1,30}(?:\[\d{1,7}\]|:)\s|^[^\n]{0,34}\s[a-z][a-z0-9]{0,15}[-_.][a-z0-9][\w.-]{1,30}\s/;

function fromLog(ctx: Context, focus: Focus | null): Candidate | null {
  if (focus === null) return null;
  const sign = ctx.lexicon.cue('integration', 'log-sign');
  const known = ctx.lexicon.once('integration log', () => LOG_LINE);
  known.lastIndex = 0;
  let count = 0;
  for (let m = known.exec(ctx.view.text); m !== null && count++ < 40; m = known.exec(ctx.view.text)) {
    const words = ctx.view.folded.slice(m.index, m.index + m[0].length);
    if (/\d{4} \d\d:\d\d:\d\d gmt/.test(words)) continue;
    if (!sign.test(words) && !PROCESS.test(words)) continue;
    const start = m.index + (m[0].startsWith('\n') ? 1 : 0);
    return { value: valueOf(ctx, 'own'), start, end: Math.min(start + 80, m.index + m[0].length), score: 1.2 };
  }
  return null;
}

/** Who sends: a module mention wins over signs of own code unless it is denied or own code is named outright. */
export function readIntegration(
  ctx: Context,
  focus: Focus | null,
  shown: readonly (Candidate | null)[],
): Candidate | null {
  const module = ctx.lexicon.cue('integration', 'module-api').test(ctx.view.folded) ? [] : moduleMentions(ctx);
  const custom = customMentions(ctx);
  for (const r of ctx.requests) {
    if (r.client !== null && r.client !== valueOf(ctx, 'module') && r.syntax !== 'module-log')
      custom.push({ value: valueOf(ctx, 'own'), start: r.start, end: Math.min(r.end, r.start + 80), score: 1.5 });
  }
  // A text about another company's interface shows that one's clients.
  if (focus === null && shown.every((c) => c === null) && ctx.lexicon.cue('code', 'foreign').test(ctx.view.folded))
    custom.length = 0;
  const log = fromLog(ctx, focus);
  if (log !== null) custom.push(log);
  const plus = module.filter((c) => c.score > 0);
  const minus = module.filter((c) => c.score < 0);
  const top = (list: readonly Candidate[]): Candidate | null =>
    list.reduce<Candidate | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  const bestCustom = top(custom);
  const bestModule = top(plus);
  if (bestModule !== null && (minus.length === 0 || bestCustom === null || plus.length > minus.length)) {
    const outright = bestCustom !== null && bestCustom.score >= 2.8 && minus.length > 0;
    if (!outright) return bestModule;
  }
  if (bestCustom !== null && bestCustom.score >= 1) return bestCustom;
  // Who can show what goes over the wire sends it himself, unless another shop system does.
  const wire =
    shown.find((c) => c !== null) ??
    (focus !== null && focus.failing && (focus.reply !== null || isLogLike(ctx, focus.start)) && hasProse(ctx)
      ? focus
      : null);
  if (
    wire !== null &&
    minus.length === 0 &&
    bestModule === null &&
    !ctx.lexicon.cue('integration', 'other-system').test(ctx.view.folded)
  ) {
    return { value: valueOf(ctx, 'own'), start: wire.start, end: wire.end, score: 0.8 };
  }
  const denied = minus[0];
  if (
    denied !== undefined &&
    bestModule === null &&
    ctx.lexicon.cue('integration', 'without-before', '[\\s:,"\'(|]{0,3}$').test(before(ctx, denied.start, 20))
  ) {
    return {
      value: valueOf(ctx, 'own'),
      start: sentenceStart(ctx.view.folded, denied.start, 20),
      end: denied.end,
      score: 1,
    };
  }
  return null;
}

/** At least one line of sentences beside what was pasted. */
function hasProse(ctx: Context): boolean {
  return /(?:^|\n)[^\n{}<>=|[\]/]{0,80}\p{L}{2,},? \p{L}+,? \p{L}+[^\n{}<>=|[\]]{0,400}(?:[.?!](?:\s|$)|\n\n)/u.test(
    ctx.view.text.slice(0, 6_000),
  );
}
