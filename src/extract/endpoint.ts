// Reads the URL that was requested or is configured as base. A host without a scheme is no endpoint.

import { hostOf, kinship } from './brand';
import { after, before, lineOf, type Context } from './context';
import { isGoodLine } from './outcome';
import type { Focus } from './focus';
import type { Candidate } from './candidate';

const URL_WORDS = /\bhttps?:(?:\\?\/){2}[^\s"'`<>“”«»（）,，。、\u4e00-\u9fff]+/gi;
const METHOD = /\b(?:get|post|put|patch|delete|head|options)\s{1,3}["'`]?$/;
const POOL = /host='([\w.-]{4,253})', port=(\d{1,5})\)[^\n]{0,80}?with url: (\/[^\s)"']*)/g;
const CONNECTION = /\b(https?):\/\/([\w.-]{4,253}):(\d{1,5}) "(?:GET|POST|PUT|PATCH|DELETE) (\/[^\s"]*)/g;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { https: '443', http: '80' };

/** Without what the sentence or code around it adds. */
function trimUrl(words: string): string {
  let end = withoutMarks(words, withoutEscapes(words));
  // How many more of each bracket close than open, counted once.
  const surplus = new Map([...BRACKETS.keys()].map((close) => [close, 0]));
  for (let i = 0; i < end; i++) {
    const unit = words.charAt(i);
    const closed = CLOSES.get(unit);
    if (closed !== undefined) surplus.set(closed, (surplus.get(closed) ?? 0) - 1);
    else if (BRACKETS.has(unit)) surplus.set(unit, (surplus.get(unit) ?? 0) + 1);
  }
  for (;;) {
    const close = words.charAt(end - 1);
    const more = surplus.get(close) ?? 0;
    if (more <= 0) break;
    surplus.set(close, more - 1);
    end = withoutMarks(words, end - 1);
  }
  return words.slice(0, end);
}

const BRACKETS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
const CLOSES: ReadonlyMap<string, string> = new Map([...BRACKETS].map(([close, open]) => [open, close]));
const MARKS = '.,;:!?\'"`*|\\';

/** Where the words end without escapes of line ends. From the end backwards: an expression would try each place. */
function withoutEscapes(words: string): number {
  let end = words.length;
  while (end > 1 && 'nrt'.includes(words.charAt(end - 1)) && words.charAt(end - 2) === '\\') {
    end -= 2;
    while (end > 0 && words.charAt(end - 1) === '\\') end--;
  }
  return end;
}

function withoutMarks(words: string, from: number): number {
  let end = from;
  while (end > 0 && MARKS.includes(words.charAt(end - 1))) end--;
  return end;
}

function withoutPort(scheme: string, host: string, port: string, path: string): string {
  return `${scheme}://${host}${DEFAULT_PORTS[scheme] === port ? '' : `:${port}`}${path}`;
}

/** Traces of libraries that print host, port and path apart. */
function fromTraces(ctx: Context, out: Candidate[]): void {
  const { text } = ctx.view;
  if (text.includes('port=')) {
    for (const m of text.matchAll(POOL)) {
      const [, host = '', port = '', path = ''] = m;
      const scheme = port === '80' ? 'http' : 'https';
      const value = withoutPort(scheme, host, port, path);
      if (kinship(ctx, value) !== 'none') out.push({ value, start: m.index, end: m.index + m[0].length, score: 4 });
    }
  }
  for (const m of text.matchAll(CONNECTION)) {
    const [, scheme = '', host = '', port = '', path = ''] = m;
    const value = withoutPort(scheme, host, port, path);
    if (kinship(ctx, value) !== 'none') out.push({ value, start: m.index, end: m.index + m[0].length, score: 5 });
  }
}

/** All URLs that may be the one requested, in order of place. */
export function readEndpoints(ctx: Context, focus: Focus | null): Candidate[] {
  const { lexicon, view } = ctx;
  const out: Candidate[] = [];
  fromTraces(ctx, out);
  const used = lexicon.cue('url', 'used-before');
  const key = lexicon.once(
    'url key',
    () =>
      new RegExp(
        `${lexicon.labels('url')}["'\\]]?\\s{0,3}(?:=>|[:=?]|\\(|${lexicon.source('url', 'is')})[\\s?"'\`(*,]{0,6}$`,
      ),
  );
  const command = lexicon.cue('url', 'command');
  const never = lexicon.cue('url', 'never-before', '["\'`(:\\s-]{0,4}$');
  const neverAfter = lexicon.once(
    'url never after',
    () => new RegExp(`^["'\`)\\s]{0,3}${lexicon.source('url', 'never-after')}`),
  );
  for (const m of view.text.matchAll(URL_WORDS)) {
    const start = m.index;
    const words = trimUrl(m[0]);
    const end = start + words.length;
    if (out.some((c) => c.start <= start && c.end >= end)) continue;
    const value = words.replace(/\\\//g, '/');
    const kin = kinship(ctx, value);
    if (kin === 'none' || hostOf(value) === '') continue;
    const pre = before(ctx, start, 110);
    const line = lineOf(ctx, start, 200);
    const requested = METHOD.test(pre) || command.test(pre) || key.test(pre);
    let score = kin === 'api' ? 2 : 0;
    if (requested) score += 3;
    else if (used.test(pre)) score += 1.5;
    if (kin === 'site' && !requested && !used.test(pre)) continue;
    if (never.test(pre) || neverAfter.test(after(ctx, end, 40))) score -= 3;
    if (score <= 0) continue;
    if (isGoodLine(ctx, start) && !/\n/.test(view.text.slice(0, 1)) && line.length < 400) score -= 1;
    out.push({ value, start, end, score });
  }
  if (new Set(out.map((c) => normal(c.value))).size < 2) return out;
  return out.map((c) => ({ ...c, score: c.score + nearness(ctx, c, out, focus) }));
}

/** Form under which two URLs count as one place. */
export function normal(url: string): string {
  return url
    .toLowerCase()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
}

/** The URL above the failing reply; of a chain of redirects the first, for that is the one requested. */
function nearness(ctx: Context, c: Candidate, all: readonly Candidate[], focus: Focus | null): number {
  const redirect = ctx.replies.find((r) => (r.status ?? 0) >= 300 && (r.status ?? 0) < 400 && r.start > c.start - 400);
  if (redirect !== undefined) {
    const first = all.filter((o) => o.start < redirect.start).at(-1) ?? all[0];
    return first === c || (first !== undefined && normal(first.value) === normal(c.value) && first.start >= c.start)
      ? 2
      : 0;
  }
  if (focus === null) return 0;
  const above = all.filter((o) => o.start < focus.end).at(-1);
  return above === c ? 1.5 : 0;
}
