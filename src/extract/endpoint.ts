// Reads the URL that was requested or is configured as base. A host without a scheme is no endpoint.

import { hostOf, kinship } from './brand';
import { after, before, lineOf, type Context } from './context';
import { isGoodLine } from './outcome';
import type { Focus } from './reply';
import type { Candidate } from './candidate';

const URL_WORDS = /\bhttps?:(?:\\?\/){2}[^\s"'`<>“”«»（）,，。、\u4e00-\u9fff]+/gi;
const METHOD = /\b(?:get|post|put|patch|delete|head|options)\s{1,3}["'`]?$/;
const POOL = /host='([\w.-]{4,253})', port=(\d{1,5})\)[^\n]{0,80}?with url: (\/[^\s)"']*)/g;
const CONNECTION = /\b(https?):\/\/([\w.-]{4,253}):(\d{1,5}) "(?:GET|POST|PUT|PATCH|DELETE) (\/[^\s"]*)/g;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { https: '443', http: '80' };

/** Without what the sentence or code around it adds. */
function trimUrl(words: string): string {
  let url = words.replace(/(?:\\+[nrt])+$/, '').replace(/[.,;:!?'"`*|\\]+$/, '');
  while (/[)\]}]$/.test(url)) {
    const close = url.at(-1) ?? '';
    const open = close === ')' ? '(' : close === ']' ? '[' : '{';
    if (url.split(open).length >= url.split(close).length) break;
    url = url.slice(0, -1).replace(/[.,;:!?'"`*|\\]+$/, '');
  }
  return url;
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
