// Reads the API action that was attempted. Only named actions of the API; names of a billing system's functions are none.

import { after, before, lineOf, type Context } from './context';
import { isBad, isBadLine, isGood, isGoodLine, isLogLike } from './outcome';
import type { Focus } from './focus';
import { brandsOf } from './brand';
import type { Candidate } from './candidate';

const PARAM =
  /(?<![\w])["']?(action|actoin|act|op|operation|method|command|cmd)["'\]]?\s{0,3}(?:=>|==?|:|%3d)\s{0,3}["']?([a-z][a-z0-9_]{2,39})(?![\w(]|\.\w)/gi;
/** What stands around an action's name in logs. */
const LOG_BEFORE = /(?:^|[\]:>|]\s{0,2}|\d{2,3}z?\s{1,4}|(?:^|[\s"'(])[a-z][\w.-]{1,30}\s{1,4}|["']|[a-z]\.)$/;
const LOG_AFTER =
  /^["']?(?:\s*$|\s{0,4}(?:->|=>|→|:|\||\{|,)|\s{1,4}(?:domains?=|code=|rsp\b|as [a-z]|status=|\d{3}\b|\{|batch|attempt|[a-z_]{2,16}=))/;
const START_AFTER = /^\s(?:code=|->|→|\{|\d{3}\b)/;
/** A program that is run with an action as its argument, or is called like one. */
const RUNS =
  '(?:\\./|bin/(?:\\S{1,20} )?|\\./\\S{1,30} |\\b(?:php|python3?|node|ruby|bash|sh) \\S{1,40}\\.\\w{2,3} |(?:^|\\n|[$#>] )(?:nn|nic\\w{0,10}|\\w{1,10}cli|\\w{1,10}tool|\\w{1,10}ctl) )';
const DOTTED = '(?:[/.:>]|::|->|["\']?\\s?,\\s?["\']?)';

/** Values of the selecting parameter in queries, bodies, dumps and logs. */
function fromParams(ctx: Context, out: Candidate[]): void {
  const known = new Set(ctx.api.actions.map((a) => a.action));
  for (const m of ctx.view.text.matchAll(PARAM)) {
    const words = m[2] ?? '';
    const value = words.toLowerCase();
    if (m[1] !== 'action' && !known.has(value)) continue;
    // A label of a log or form (`Action: Sync`) counts only with a known name.
    const query =
      /[=]$|%3d$/i.test(m[0].slice(0, m[0].length - words.length).trimEnd()) || /["']\s{0,3}:|=>/.test(m[0]);
    if (!known.has(value) && (!query || words !== value)) continue;
    const start = m.index + m[0].length - words.length;
    if (/[?&]do=|includes\/api|clientarea|\/admin\/|configregistrars/.test(lineOf(ctx, start, 200))) continue;
    out.push({ value, start, end: start + words.length, score: query ? 6 : 5 });
  }
}

/** `Label: name`, the label in any language. */
function fromLabels(ctx: Context, out: Candidate[]): void {
  const { lexicon, view, api } = ctx;
  const re = lexicon.once('action labels', () => {
    const names = api.actions.map((a) => a.action).sort((a, b) => b.length - a.length);
    return new RegExp(
      `${lexicon.labels('action')}\\**\\s{0,2}[:=|]\\**\\s{0,3}["'\`]?(${names.join('|')})(?![a-z0-9_])`,
      'g',
    );
  });
  for (const m of view.folded.matchAll(re)) {
    const value = m[1] ?? '';
    const end = m.index + m[0].length;
    out.push({ value, start: end - value.length, end, score: 5 });
  }
}

/** Known names in sentences and log lines. */
function fromWords(ctx: Context, failing: boolean, out: Candidate[]): void {
  const { lexicon, view, api } = ctx;
  const names = api.actions.map((a) => a.action).sort((a, b) => b.length - a.length);
  const re = lexicon.once(
    'action names',
    () => new RegExp(`(?<![a-z0-9_/=-])(${names.join('|')})(?![a-z0-9_=-]|\\.[a-z0-9])`, 'g'),
  );
  const path = lexicon.once('action paths', () => {
    const categories = [...new Set(api.actions.map((a) => a.category))].join('|');
    return new RegExp(`(?<![a-z0-9_])(?:${categories})${DOTTED}(${names.join('|')})(?![a-z0-9_.])`, 'g');
  });
  const requested = lexicon.once('action in path', () => new RegExp(`/v\\d/(?:\\w+/)?(${names.join('|')})\\?`, 'g'));
  for (const m of view.folded.matchAll(requested)) {
    const value = m[1] ?? '';
    const end = m.index + m[0].length - 1;
    out.push({ value, start: end - value.length, end, score: 3.5 });
  }
  for (const m of view.folded.matchAll(path)) {
    const value = m[1] ?? '';
    const end = m.index + m[0].length;
    // Paths of the old interface and of a site's pages hold no action.
    if (/(?:\/v1\/|route=)$/.test(view.folded.slice(Math.max(0, m.index - 6), m.index))) continue;
    out.push({ value, start: end - value.length, end, score: 4 });
  }
  const command = lexicon.once(
    'action command',
    () => new RegExp(`${RUNS}(${names.join('|')})(?=(?:\\.(?:sh|py|php|rb|js))?(?:[\\s;>|"'\`)]|$))`, 'g'),
  );
  for (const m of view.folded.matchAll(command)) {
    const value = m[1] ?? '';
    const end = m.index + m[0].length;
    out.push({ value, start: end - value.length, end, score: 2.9 });
  }
  const named = lexicon.once(
    'action named',
    () =>
      new RegExp(
        `\\b(?:(?:get|post)\\s{1,3}(?:[\\w.]{1,20}[/ ])?|(?:${brandsOf(ctx).join('|')})[\\s:]{1,2})(${names.join('|')})(?=\\s{0,3}(?:->|=>|→|\\s[45]\\d\\d|attempt|code|\\{|\\[|:|$|\\n))`,
        'g',
      ),
  );
  for (const m of view.folded.matchAll(named)) {
    const value = m[1] ?? '';
    const end = m.index + m[0].length;
    out.push({ value, start: end - value.length, end, score: 3 });
  }
  const call = lexicon.cue('action', 'call-before', '["\'`“«*:]{0,2}$');
  const behind = lexicon.once(
    'action behind',
    () => new RegExp(`^["'\`”»*]{0,2}${lexicon.source('action', 'call-after')}`),
  );
  const calls = lexicon.once(
    'action calls',
    () => new RegExp(`^["'\`”»*]{0,2}${lexicon.source('action', 'call-noun')}`),
  );
  const plain = lexicon.cue('action', 'plain-word', '$');
  const noun = lexicon.cue('action', 'noun-before', '["\'`“«*\\s:]{0,3}$');
  for (const m of view.folded.matchAll(re)) {
    const value = m[1] ?? '';
    const start = m.index;
    const end = start + value.length;
    const pre = before(ctx, start, 60);
    const post = after(ctx, end, 60);
    const mark = view.text[start - 1] ?? '';
    const quoted = /["'`“«]/.test(mark) && /["'`”»]/.test(view.text[end] ?? '');
    const lower = view.text.slice(start, end) === value;
    let score = 0;
    if (value.includes('_')) score = 3;
    else if (!lower && !/^[\s*>-]*$/.test(pre)) continue;
    if (
      /^["']\s?:/.test(view.text.slice(end, end + 3)) ||
      /["']type["']\s?:\s?["']$/.test(view.text.slice(Math.max(0, start - 12), start))
    )
      continue;
    if (quoted && mark === '`') score = Math.max(score, 3);
    if (call.test(pre)) score = Math.max(score, 3);
    if (behind.test(post)) score = Math.max(score, noun.test(pre) && !calls.test(post) ? 0 : 2.5);
    if (inMessage(ctx, start, end)) continue;
    const subject =
      /^["'`]?\s{1,2}(?:[a-z]{2,3} )?(?:[a-z0-9\u0400-\u04ff-]{1,63}\.){1,4}[a-z\u0400-\u04ff]{2,24}\b/.test(post);
    const logged = isLogLike(ctx, start);
    if (subject && (logged || (/(?:^|[\s"'`(])$/.test(pre) && !noun.test(pre) && failing)))
      score = Math.max(score, logged ? 3 : 2.2);
    if (logged && !withinQuotes(ctx, start, end) && LOG_BEFORE.test(pre) && LOG_AFTER.test(post))
      score = Math.max(score, 2.8);
    if (
      /^[$>#\s]{0,3}\S{0,60}[/ ]?(?:[\w.-]+\s){1,3}$/.test(pre) &&
      /^\s*(?:$|\n|[|>&;])/.test(post) &&
      /[$#>]\s/.test(pre)
    )
      score = Math.max(score, 2.8);
    if (/^\W{0,4}$/.test(pre) && (subject || START_AFTER.test(post))) score = Math.max(score, 2.6);
    if (score === 0 || (plain.exec(value)?.index === 0 && !quoted && score < 3)) continue;
    out.push({ value, start, end, score });
  }
}

/** Between quotes with other words: part of a text, not a log's own column. */
function withinQuotes(ctx: Context, start: number, end: number): boolean {
  const line = ctx.view.text.slice(Math.max(ctx.view.text.lastIndexOf('\n', start) + 1, start - 400), start);
  if (line.split('"').length % 2 === 1) return false;
  return !line.endsWith('"') && ctx.view.text[end] !== '"';
}

/** Inside the words of a reply a name is no action. */
function inMessage(ctx: Context, start: number, end: number): boolean {
  return ctx.replies.some((r) => r.messageSpan !== null && r.messageSpan.start <= start && end <= r.messageSpan.end);
}

/** Actions that may be the one attempted; those that the text says work fall behind. */
export function readActions(ctx: Context, focus: Focus | null): Candidate[] {
  const out: Candidate[] = [];
  fromParams(ctx, out);
  fromLabels(ctx, out);
  fromWords(ctx, focus !== null, out);
  const values = new Set(out.map((c) => c.value));
  return out.flatMap((c) => {
    let { score } = c;
    const clause = clauseAfter(ctx, c);
    const good = isGood(ctx, clause) || isGoodLine(ctx, c.start);
    const bad = isBad(ctx, clause) || /(?<![\w.])[45]\d\d(?![\w.])/.test(clause);
    if (values.size === 1) return isGood(ctx, clause) && !bad && score < 3 && focus?.failing === true ? [] : [c];
    const own = values.size > 1 && focus?.failing === true ? answered(ctx, c, out) : null;
    if (own !== null) score += own ? -3 : 0.9;
    if (good && !bad) score -= 4;
    else if (bad || isBadLine(ctx, c.start)) score += 0.6;
    if (focus !== null && score >= 3) {
      const gap = focus.start - c.start;
      if (gap >= -200 && gap < 1_500) score += 0.8 - Math.max(gap, 0) / 3_000;
    }
    return score > 0 ? [{ ...c, score }] : [];
  });
}

/** Whether the reply that stands next below an action, before any other action, is a success; null where none does. */
function answered(ctx: Context, c: Candidate, all: readonly Candidate[]): boolean | null {
  const next = all.reduce(
    (n, o) => (o.start > c.end && o.value !== c.value && o.start < n ? o.start : n),
    c.end + 1_200,
  );
  const reply = ctx.replies.find((r) => !r.client && r.start >= c.end && r.start < next);
  if (reply === undefined) return null;
  return reply.code !== null ? ctx.api.successCodes.includes(reply.code) : (reply.status ?? 500) < 300;
}

/** What is said of an action: the words behind it up to the next action or clause. */
function clauseAfter(ctx: Context, c: Candidate): string {
  const words = after(ctx, c.end, 60);
  const cut = ctx.lexicon.cue('action', 'clause').exec(words);
  return cut === null ? words : words.slice(0, cut.index);
}
