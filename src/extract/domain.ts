// Reads the domain name that the call or the request is about. Not hosts, mail domains, code files or the service's own names.

import { parse } from 'tldts';
import { brandsOf, isNear } from './brand';
import { after, before, lineOf, type Context } from './context';
import { isBadLine, isGoodLine } from './outcome';
import type { Focus } from './focus';
import type { Candidate } from './candidate';

const LABEL =
  '[a-z0-9\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff](?:[a-z0-9\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff-]{0,61}[a-z0-9\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff])?';
const NAME = new RegExp(
  `(?<![\\w.@/\\\\$%:-]|[\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff])(?:${LABEL}\\.){1,5}[a-z\u0400-\u04ff\u00e0-\u024f][a-z0-9\u0400-\u04ff\u00e0-\u024f-]{1,23}(?![\\w@/\\\\$(-]|:\\d|://|\\.[\\w$]|[\u00c0-\u024f\u0400-\u04ff])`,
  'gi',
);
const HAN_NAME =
  /(?<=["'“「\s：:=])(?:[\u4e00-\u9fff][\u4e00-\u9fffa-z0-9-]{0,30}\.(?:com|net|cn|org|中国|公司|网络|网址)|[\u4e00-\u9fff]{2,20}\.[\u4e00-\u9fff]{2,4})(?![\w.])/gi;
const PARAM =
  /(?<![a-z0-9])["'\[“]?\b(domains?(?:_?names?)?)["'\]”]?\s{0,3}(?:=>|[=:：]|%3d)\s{0,3}\[?\s{0,2}["'“]?(?:[*_][\w-]*\.)?([^\s"'“”`&,;)\]}|<>?*]{3,253})/gi;
const SLD =
  /\bsld["'\]]?\s{0,3}(?:=>|[=:])\s{0,3}["']?([a-z0-9-]{1,63})["']?[\s,;&|]{1,20}["'[]?tld["'\]]?\s{0,3}(?:=>|[=:])\s{0,3}["']?\.?([a-z.]{2,24})/gi;
/** First labels of hosts that serve a domain. */
const INFRASTRUCTURE = /^(?:ns|dns|mx|smtp|mail|imap|pop3?|whois|ftp)\d{0,2}\./;
/** A function's name in capitals and small letters, as billing systems log it before the domain. */
const FUNCTION = /(?:^|[\s|(])[A-Z][a-z]+[A-Z][A-Za-z]+[\s|:(>'"]{1,4}$/;
const MAX_NAMES = 400;

/** Registrable part under a public suffix, or null. */
function registrable(name: string): string | null {
  const parsed = parse(name, { allowPrivateDomains: false });
  return parsed.isIcann === true && parsed.domain !== null && parsed.domainWithoutSuffix !== null
    ? parsed.domain
    : null;
}

function isServices(ctx: Context, name: string): boolean {
  const lower = name.toLowerCase();
  const core = parse(lower).domainWithoutSuffix ?? lower.split('.').at(-2) ?? lower;
  if (brandsOf(ctx).some((b) => core.includes(b) || (b.length > 4 && isNear(core, b)))) return true;
  return ctx.lexicon.cue('domain', 'services', '$').test(lower) || INFRASTRUCTURE.test(lower);
}

/** Values of parameters called domain, as they stand in queries, JSON, dumps and logs. */
function fromParams(ctx: Context, out: Candidate[]): void {
  for (const m of ctx.view.text.matchAll(PARAM)) {
    let value = (m[2] ?? '')
      .replace(/\\+$/, '')
      .replace(/[.:\\]+$/, '')
      .toLowerCase();
    if (value.includes('%')) value = decode(value);
    const start = m.index + m[0].length - (m[2] ?? '').length;
    if (!/^[^\s/:@[\]{}()$*<>]+\.[^\s/:@[\]{}()$*<>.\d]{2,}$/.test(value)) continue;
    if (isServices(ctx, value)) continue;
    out.push({ value, start, end: start + (m[2] ?? '').length, score: 6 });
  }
  for (const m of ctx.view.folded.matchAll(SLD)) {
    out.push({ value: `${m[1] ?? ''}.${m[2] ?? ''}`, start: m.index, end: m.index + m[0].length, score: 5 });
  }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value).toLowerCase();
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return value;
  }
}

/** Upper case inside marks code (`System.Net`, `Client.send`); all capitals or a capital at the start do not. */
function isCode(words: string): boolean {
  const [first = '', ...rest] = words.split('.');
  if (words === words.toUpperCase()) return false;
  return (
    /[a-z][A-Z]/.test(words) || rest.some((r) => /[A-Z]/.test(r)) || (/^[A-Z]{2,}$/.test(first) && rest.length === 1)
  );
}

/** Names in prose and log lines. */
function fromWords(ctx: Context, out: Candidate[]): void {
  const { lexicon, view } = ctx;
  const cue = lexicon.cue('domain', 'about-before', '["\'“«`(\\[*:=>\\s-]{0,6}$');
  const anywhere = lexicon.cue('domain', 'about');
  const host = lexicon.cue('domain', 'host-before', '["\'“«`(:=>\\]\\s-]{0,6}$');
  const hostAfter = lexicon.once(
    'domain host after',
    () => new RegExp(`^["'”»\`)\\s,]{0,3}${lexicon.source('domain', 'host-after')}`),
  );
  const file = lexicon.cue('domain', 'file-ending', '$');
  const wordy = lexicon.cue('domain', 'wordy-ending', '$');
  const action = lexicon.once(
    'action before domain',
    () =>
      new RegExp(
        `(?<![a-z0-9_])(?:${ctx.api.actions.map((a) => a.action).join('|')})["'\`\\]]?\\s{0,2}[:=|\\s]?\\s{0,2}["'\`]?$`,
      ),
  );
  const isAccount = lexicon.once(
    'domain account',
    () => new RegExp(`${lexicon.labels('account')}["'\\]]?\\s?(?:[:=]|=>)?\\s?["']?$`),
  );
  let count = 0;
  for (const re of [NAME, HAN_NAME]) {
    for (const m of view.text.matchAll(re)) {
      if (++count > MAX_NAMES) return;
      const words = m[0];
      const value = words.toLowerCase();
      if (!value.includes('.') || isCode(words) || isServices(ctx, value)) continue;
      const start = m.index;
      const end = start + words.length;
      const pre = before(ctx, start, 60);
      const post = after(ctx, end, 50);
      if (re === NAME && registrable(value) === null) continue;
      if (/[/\\]$/.test(pre)) continue;
      if (/^\s?(?:line \d|:\d)/.test(post)) continue;
      let score = 1;
      if (action.test(pre) || FUNCTION.test(view.text.slice(Math.max(0, start - 40), start))) score = 4;
      else if (cue.test(pre)) score = 3;
      else if (anywhere.test(pre)) score = 1.6;
      if (host.test(pre) || hostAfter.test(post)) score -= 3;
      if (wordy.test(value) && score < 2) continue;
      if (file.test(value) && score < 3) continue;
      if (isAccount.test(pre)) continue;
      const line = lineOf(ctx, start, 200);
      if (lexicon.cue('domain', 'host-line').test(line)) score -= 2;
      if (score > 0) out.push({ value, start, end, score });
    }
  }
}

/** The domain in question, or null where none is named or several are and nothing decides. */
export function readDomain(ctx: Context, focus: Focus | null): Candidate[] {
  const explicit: Candidate[] = [];
  fromParams(ctx, explicit);
  const words: Candidate[] = [];
  fromWords(ctx, words);
  const all = [...explicit, ...words];
  const values = new Set(all.map((c) => c.value));
  if (values.size < 2) return all;
  return all.map((c) => {
    let score = c.score;
    if (isBadLine(ctx, c.start)) score += 0.5;
    else if (isGoodLine(ctx, c.start) && focus?.failing === true) score -= 7;
    // Nearest above the failing reply, or on its line.
    if (focus !== null) {
      const gap = focus.start - c.start;
      if (gap >= 0 && gap < 1_500) score += 1 - gap / 3_000;
      else if (c.start - focus.start < 200 && gap < 0) score += 0.4;
    }
    return { ...c, score };
  });
}
