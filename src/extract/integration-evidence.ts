// Evidence that own code sends the requests: words of the trade, shapes of code and logs, and what else the text tells. Weighs nothing.

import { brandsOf, kinship } from './brand';
import type { Candidate } from './candidate';
import { before, sentenceEnd, type Context } from './context';
import type { FieldForm } from './fields';
import { isLogLike } from './outcome';
import type { Focus } from './focus';

/** A piece of evidence by its name in the pack's table of weights. An empty span: nothing to quote. */
export interface Evidence {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Groups of words; a second word of a group counts as `<group>-2`. */
const GROUPS = [
  'custom-strong',
  'custom-sign',
  'language',
  'library',
  'tool',
  'program',
  'wire',
  'config',
  'container',
  'infrastructure',
  'maker',
  'standing',
  'other-system',
] as const;
const SIGNS: ReadonlySet<string> = new Set([
  'custom-strong',
  'custom-sign',
  'language',
  'library',
  'tool',
  'container',
]);

/** The API's address in a command, or the trace of a client. */
const TRACE =
  /(?:^|\n)\s{0,8}(?:[$#>]|\S{1,40}[@:]\S{0,60}[$#])\s(?:curl|wget|http|php|python3?|node|go|ruby|perl|\.\/)\b|(?:^|\n)[<>*] (?:GET|POST|HTTP\/|Host:|Trying|Connected)|\bcurl\s[^\n]{0,200}(?:-H|--header|-u|-X|https?:\/\/[a-z0-9.-]*api)|\n?\s(?:at [\w.$<>]+\(|File "[^"\n]{1,200}", line \d)|Traceback \(most recent call last\)|\\\\?(?:Http|Guzzle)\w*\\\\?Exception|curl_(?:setopt|exec|init|errno)|\bcURL error \d|\bcurl: \(\d/;
/** Lines that begin with a date or clock and name a level or a process: some program's log of its calls. */
const LOG_LINE =
  /(?:^|\n)[^\n]{0,12}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d)[^\n]{0,160}/g;
const PROCESS =
  /(?:^|[\s\]])[a-z][\w.-]{1,30}(?:\[\d{1,7}\]|:)\s|^[^\n]{0,34}\s[a-z][a-z0-9]{0,15}[-_.][a-z0-9][\w.-]{1,30}\s/;
const SHORT = 120;
const LONG = 400;

function fromWords(ctx: Context, out: Evidence[]): void {
  const { lexicon, view } = ctx;
  const behind = lexicon.cue('integration', 'not-sending', '[\\s"\'`(]{0,3}$');
  for (const name of GROUPS) {
    const re = lexicon.cue('integration', name, '', 'g');
    re.lastIndex = 0;
    let first: string | null = null;
    let count = 0;
    for (let m = re.exec(view.folded); m !== null && count++ < 40; m = re.exec(view.folded)) {
      const end = m.index + m[0].length;
      if (m[0] === '') re.lastIndex++;
      if (name === 'tool' && asksWhoCalls(ctx, m.index)) continue;
      if (name === 'custom-sign' || name === 'language' || name === 'library') {
        if (behind.test(before(ctx, m.index, 40))) continue;
        // The name of a header at the beginning of its line is part of an exchange, not of a sentence.
        if (
          view.folded[end] === ':' &&
          /(?:^|\n)[<>* ]{0,3}$/.test(view.folded.slice(Math.max(0, m.index - 4), m.index))
        )
          continue;
      }
      if (first === null) out.push({ name, start: m.index, end });
      else if (first !== m[0]) {
        out.push({ name: `${name}-2`, start: m.index, end });
        break;
      }
      first ??= m[0];
    }
  }
}

/** A command that asks an echo service for the own address, or fetches from elsewhere, sends nothing to this service. */
function asksWhoCalls(ctx: Context, at: number): boolean {
  const { folded } = ctx.view;
  const line = folded.slice(at, Math.min(sentenceEnd(folded, at, 200), at + 200)).split('\n')[0] ?? '';
  if (brandsOf(ctx).some((brand) => line.includes(brand))) return false;
  return (
    ctx.lexicon.cue('ip', 'echo-service').test(line) ||
    /^curl -[46]s?\b(?! |$)/.test(line) ||
    /^\S+ (?:-\S+ ){0,4}(?:https?:\/\/)?ip\./.test(line)
  );
}

function fromShapes(ctx: Context, focus: Focus | null, out: Evidence[]): void {
  const { view, lexicon } = ctx;
  const trace = TRACE.exec(view.text);
  if (trace !== null && !asksWhoCalls(ctx, trace.index + (/[a-z]/i.exec(trace[0])?.index ?? 0)))
    out.push({ name: 'trace', start: trace.index, end: trace.index + Math.min(80, trace[0].length) });
  if (focus === null) return;
  const sign = lexicon.cue('integration', 'log-sign');
  LOG_LINE.lastIndex = 0;
  let count = 0;
  for (let m = LOG_LINE.exec(view.text); m !== null && count++ < 40; m = LOG_LINE.exec(view.text)) {
    const words = view.folded.slice(m.index, m.index + m[0].length);
    if (/\d{4} \d\d:\d\d:\d\d gmt/.test(words) || (!sign.test(words) && !PROCESS.test(words))) continue;
    const start = m.index + (m[0].startsWith('\n') ? 1 : 0);
    out.push({ name: 'log', start, end: Math.min(start + 80, m.index + m[0].length) });
    return;
  }
}

function fromRequests(ctx: Context, out: Evidence[]): void {
  const seen = new Set<string>();
  const add = (name: string, at: { readonly start: number; readonly end: number }): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const start = ctx.view.fromWhole(at.start);
    if (start >= 0) out.push({ name, start, end: start + Math.min(80, at.end - at.start) });
  };
  for (const r of ctx.requests) {
    add(`request-${r.syntax}`, r);
    if (r.client !== null) add('client', r);
    if (r.credentials.length > 0) add('credential', r);
    if (r.url !== null && /^https?:/.test(r.url.text)) {
      if (kinship(ctx, r.url.text) === 'none') add('other-host', r);
      else add('service-host', r);
    }
  }
}

/** All evidence for own code. `others`: what the readers of the other forms found. */
export function ownEvidence(
  ctx: Context,
  focus: Focus | null,
  others: Readonly<Partial<Record<FieldForm, Candidate | null>>>,
): Evidence[] {
  const out: Evidence[] = [];
  fromWords(ctx, out);
  fromShapes(ctx, focus, out);
  fromRequests(ctx, out);
  for (const [form, c] of Object.entries(others))
    if (c !== null) out.push({ name: `field-${form}`, start: c.start, end: c.end });
  if (focus !== null) {
    const { start, end } = focus;
    out.push({ name: 'focus', start, end });
    out.push({ name: focus.reply === null ? 'told' : focus.reply.code === null ? 'status' : 'envelope', start, end });
    if (!focus.failing) out.push({ name: 'success', start, end });
    if (isLogLike(ctx, start)) out.push({ name: 'focus-log', start, end });
  }
  const client = ctx.replies.find((r) => r.client);
  if (client !== undefined) out.push({ name: 'client-error', start: client.start, end: client.end });
  const has = (name: string): boolean => out.some((e) => e.name === name);
  const state = (name: string): void => void out.push({ name, start: 0, end: 0 });
  const signed = out.some((e) => SIGNS.has(e.name) || e.name === 'trace');
  if (!signed) state(focus === null ? 'no-sign' : 'no-sign-but-reply');
  else if (focus === null) state('sign-without-reply');
  if (focus === null && has('field-message')) state('message-only');
  if (focus === null && speaksOfOthers(ctx)) state('foreign');
  if (speaksOfModuleApi(ctx)) state('module-api');
  if (focus === null && !brandsOf(ctx).some((b) => ctx.view.folded.includes(b))) state('unnamed');
  if (ctx.view.text.length < SHORT) state('short');
  if (ctx.view.text.length > LONG) state('long');
  if (!ctx.view.text.trim().includes('\n')) state('one-line');
  return out;
}

/** The billing system's own interface is spoken of, which others call. */
function speaksOfModuleApi(ctx: Context): boolean {
  return ctx.lexicon.cue('integration', 'module-api').test(ctx.view.folded);
}

/** Another company's interface is spoken of. */
function speaksOfOthers(ctx: Context): boolean {
  return ctx.lexicon.cue('code', 'foreign').test(ctx.view.folded);
}
