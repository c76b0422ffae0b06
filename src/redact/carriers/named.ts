// Values under a secret's name: JSON, code, configuration, forms, dumps, elements, flags, cells - whatever the separator says.
import { lineEndAt, lineStartAt, matchAt, type Finding, type Search } from '../finding';
import { bareEnd, quotedAt, trimPunctuation } from '../literal';
import type { NameMeaning } from '../names';
import type { Carrier } from '../redacted';
import { separatorAfter, type Separator } from './separator';

const LETTER = /[\p{L}\d]/u;
const NAME_UNIT = /[\p{L}\d_.$-]/u;
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** The name around a keyword: [start, end) widened over name units, not over scripts without blanks. */
export function nameAround(text: string, start: number, end: number): [number, number] {
  let from = start;
  let to = end;
  if (!WIDE.test(text[start] ?? '')) {
    while (from > 0 && end - from < 80 && NAME_UNIT.test(text[from - 1] ?? '') && !WIDE.test(text[from - 1] ?? ''))
      from--;
    while (from < start && /[.$-]/.test(text[from] ?? '')) from++;
  }
  if (!WIDE.test(text[end - 1] ?? '')) {
    while (to < text.length && to - start < 80 && NAME_UNIT.test(text[to] ?? '') && !WIDE.test(text[to] ?? '')) to++;
    // A dash or dot at the end is a separator, as in "pw - x"; "->" is one too.
    while (to > end && /[.$-]/.test(text[to - 1] ?? '')) to--;
  }
  return [from, to];
}

/** Tries the name [start, end) with the given meaning. Says whether it stood before a value, secret or not. */
export function findNamed(search: Search, start: number, end: number, meaning: NameMeaning): boolean {
  const { text } = search;
  const name = text.slice(start, end);
  if (isFlag(text, start)) {
    const next = text[end];
    if (next === ' ' || next === '=' || next === ':') return flagValue(search, end + 1, name, meaning);
  }
  const separator = separatorAfter(text, start, end);
  if (separator !== undefined) return valueAt(search, start, separator, name, meaning);
  return blankValue(search, start, end, name, meaning);
}

function isFlag(text: string, start: number): boolean {
  if (text[start - 1] !== '-' && text[start - 1] !== '/') return false;
  let at = start - 1;
  while (at > 0 && text[at - 1] === '-') at--;
  return at === 0 || /[\s"'`(]/.test(text[at - 1] ?? '');
}

function flagValue(search: Search, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const limit = lineEndAt(text, at);
  let from = at;
  while (from < limit && text[from] === ' ') from++;
  const literal = quotedAt(text, from, limit);
  const end = literal?.end ?? bareEnd(text, from, limit, false);
  const begin = literal?.start ?? from;
  if (literal === undefined && /^[-|&<>(]/.test(text.slice(from, from + 1))) return true;
  const value = text.slice(begin, end);
  if (!isSecret(search, value, meaning, literal !== undefined)) return true;
  if (literal === undefined && search.pack.lexicon.isOrdinary(value.toLowerCase())) return true;
  add(search, begin, end, meaning, 'cli', name);
  return true;
}

/** `requirepass x`, `password x` (netrc), `PASSWORD 'x'` (SQL): a blank alone separates. */
function blankValue(search: Search, start: number, end: number, name: string, meaning: NameMeaning): boolean {
  const { text, pack } = search;
  if (text[end] !== ' ' && text[end] !== '\t') return false;
  const limit = lineEndAt(text, end);
  let at = end;
  while (at < limit && (text[at] === ' ' || text[at] === '\t')) at++;
  const flag = matchAt(/-String\s+(?=["'])/iy, text, at);
  if (flag !== null) at += flag[0].length;
  const quoted = /["'`]/.test(text[at] ?? '') ? quotedAt(text, at, limit) : undefined;
  if (quoted !== undefined) {
    const value = text.slice(quoted.start, quoted.end);
    if (meaning.strength === 'random' || !isSecret(search, value, meaning, true)) return false;
    if (pack.lexicon.isProse(value)) return false;
    add(search, quoted.start, quoted.end, meaning, 'config', name);
    return true;
  }
  if (meaning.strength === 'random') return false;
  const line = text.slice(lineStartAt(text, start), limit);
  const netrc = /(?:^|\s)machine\s+\S/.test(line) || /\blogin\s+\S+\s+(?:password|passwd)\s+\S/.test(line);
  const stop = bareEnd(text, at, limit, false);
  const value = text.slice(at, stop);
  if (pack.look.isPlaceholder(value) || pack.look.isCode(value)) return false;
  const alone =
    text.slice(stop, limit).trim() === '' &&
    /^[\s#>*-]*(?:set\s+|setx\s+|export\s+)?$/.test(text.slice(lineStartAt(text, start), start));
  if (
    !netrc &&
    !(
      alone &&
      (pack.look.strengthOf(value) !== 'none' || /^\d{4,}$/.test(value)) &&
      !pack.lexicon.isOrdinary(value.toLowerCase())
    )
  )
    return false;
  if (!netrc && pack.look.strengthOf(value) === 'word' && /\s/.test(name)) return false;
  if (value.length < 3 || (pack.lexicon.isOrdinary(value.toLowerCase()) && !/(?:^|\s)machine\s/.test(line)))
    return false;
  add(search, at, stop, meaning, 'config', name);
  return true;
}

function valueAt(search: Search, start: number, separator: Separator, name: string, meaning: NameMeaning): boolean {
  const { text, pack } = search;
  const { style } = separator;
  let { at } = separator;
  if (style === 'element') return elementValue(search, at, name, meaning);
  let limit = lineEndAt(text, at);
  if (style === 'part') {
    if (at < limit && isSecret(search, text.slice(at, limit), meaning, true))
      add(search, at, limit, meaning, 'form', name);
    return true;
  }
  if (at >= limit) return blockValue(search, start, at, name, meaning);
  const literal = quotedAt(text, at, limit);
  if (literal !== undefined && literal.after <= limit) {
    const value = text.slice(literal.start, literal.end);
    if (style === 'argument' && /^\s{0,4}(?::|=>)/.test(text.slice(literal.after, literal.after + 6))) return true;
    if (meaning.strength === 'random' && (style === 'argument' || style === 'call')) return true;
    if (isSecret(search, value, meaning, true))
      addPair(search, literal.start, literal.end, meaning, carrierOf(search, start, style), name);
    chain(search, literal.after, limit, meaning, name);
    return true;
  }
  if (literal !== undefined) {
    if (isSecret(search, text.slice(literal.start, limit), meaning, true)) {
      addPair(search, literal.start, limit, meaning, carrierOf(search, start, style), name);
    }
    return true;
  }
  if (style === 'argument' || style === 'call') return true;
  // An object or list under the name: its members are looked at by themselves.
  if (/[{[]/.test(text[at] ?? '') && style === 'colon' && /["']/.test(text[start - 1] ?? '')) return true;
  if (
    /^(?:\$?\{\{[^}]*\}\}|<[^<>\n]*>|\$\([^)]*\)|<%[^%]*%>|\{%[^%]*%\}|\$\{[^}]*\})/.test(
      text.slice(at, Math.min(limit, at + 200)),
    )
  )
    return true;
  if (/^[|>][+\-\d]*\s*(?:#.*)?$/.test(text.slice(at, limit)) && style === 'colon')
    return blockValue(search, start, limit, name, meaning);
  // A quote that was opened before the name closes behind the value.
  limit = Math.min(limit, outerClose(text, start, at, limit));
  const form = style === 'equals' && isForm(text, start, at, limit);
  let end = bareEnd(text, at, limit, form);
  // "NAME=value with blanks" in quotes of its own.
  const wrapped =
    style === 'equals' &&
    limit < lineEndAt(text, at) &&
    /["'`]/.test(text[start - 1] ?? '') &&
    !/\s[\w-]+=/.test(text.slice(end, limit));
  if (wrapped && !form) end = limit;
  if (style === 'length') return true;
  if (end === at) return true;
  while (at < end && text[at] === '[' && style !== 'equals') at++;
  const token = text.slice(at, end);
  const cmdlet = matchAt(/[A-Z]\w{1,30}-[A-Z]\w{1,40}\s+(?:-String\s+)?(?=["'])/y, text, at);
  if (cmdlet !== null) {
    const argument = quotedAt(text, at + cmdlet[0].length, limit);
    if (argument !== undefined && isSecret(search, text.slice(argument.start, argument.end), meaning, true))
      add(search, argument.start, argument.end, meaning, 'code', name);
    return true;
  }
  const rest = text.slice(end, limit);
  if (!form && (pack.look.isCode(token) || pack.look.isCode(text.slice(at, Math.min(limit, at + 120))))) return true;
  // A member of JSON that is no string and no whole number has no secret in it.
  if (
    /["']/.test(text[start - 1] ?? '') &&
    /["']/.test(text[start + name.length] ?? '') &&
    style === 'colon' &&
    /^-\d|^\d+[.eE]/.test(token)
  )
    return true;
  const jsonNumber = /^\d+$/.test(token) && /["']/.test(text[start - 1] ?? '') && style === 'colon';
  if (jsonNumber) {
    if (meaning.strength !== 'random' && token.length >= 3 && meaning.kind !== 'token') {
      search.findings.push({ start: at, end, kind: meaning.kind, carrier: 'json', name, quote: true });
    }
    return true;
  }
  if (meaning.strength === 'random' && /\s/.test(rest.charAt(0)) && style !== 'equals' && style !== 'assign') {
    if (!pack.look.isRandom(trimmed(token))) return true;
  }
  const trimmedEnd = form || style === 'equals' ? end : trimPunctuation(text, at, end);
  const opens = isLineStart(text, start);
  if (
    opens &&
    (style === 'assign' || style === 'colon') &&
    pack.lexicon.isOrdinary(token.toLowerCase()) &&
    rest !== '' &&
    meaning.strength !== 'random'
  ) {
    const phrase = pack.lexicon.phraseEnd(text, at, end, limit, true, true);
    if (phrase > end) {
      add(search, at, phrase, meaning, carrierOf(search, start, style), name);
      return true;
    }
  }
  if (!isSecret(search, text.slice(at, trimmedEnd), meaning, false)) {
    return !(/^<|^\[/.test(token) && rest !== '') || true;
  }
  end = trimmedEnd;
  if (!form && !wrapped && (style !== 'equals' || rest.startsWith(' '))) {
    const phrase = pack.lexicon.phraseEnd(text, at, end, limit, opens, style === 'colon' || style === 'assign');
    if (phrase < 0) return false;
    end = phrase;
  }
  addPair(search, at, end, meaning, carrierOf(search, start, style), name);
  return true;
}

const trimmed = (token: string): string => token.replace(/[.,;:!?]+$/, '');

/** `'user:' . 'secret'` and `'se' . 'cret'`: further literals of the same expression. */
function chain(search: Search, after: number, limit: number, meaning: NameMeaning, name: string): void {
  let at = after;
  for (let i = 0; i < 4; i++) {
    const join = matchAt(/\s{0,4}(?:\.|\+|\|\||&)\s{0,4}(?=["'])/y, search.text, at);
    if (join === null) return;
    const literal = quotedAt(search.text, at + join[0].length, limit);
    if (literal === undefined) return;
    const value = search.text.slice(literal.start, literal.end);
    if (value.length >= 3 && isSecret(search, value, meaning, true))
      add(search, literal.start, literal.end, meaning, 'code', name);
    at = literal.after;
  }
}

function elementValue(search: Search, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  let end = text.indexOf('<', at);
  if (end < 0 || end - at > 4096) end = Math.min(lineEndAt(text, at), at + 4096);
  const cdata = text.lastIndexOf(']]>', end);
  if (cdata >= at && text.startsWith('<![CDATA[', at - 9)) {
    const close = text.indexOf(']]>', at);
    if (close >= 0 && close - at < 4096) end = close;
  } else if (text.startsWith('<![CDATA[', at - 9)) {
    const close = text.indexOf(']]>', at);
    if (close >= 0 && close - at < 4096) end = close;
  }
  let from = at;
  while (from < end && /\s/.test(text[from] ?? '')) from++;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
  const value = text.slice(from, end);
  if (value !== '' && isSecret(search, value, meaning, true) && !search.pack.lexicon.isProse(value))
    add(search, from, end, meaning, 'xml', name);
  return true;
}

/** A value on the lines below: YAML block scalars, and a lone value under its name. */
function blockValue(search: Search, start: number, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const lineStart = lineStartAt(text, start);
  const indent = /^[ \t]*(?:-\s)?/.exec(text.slice(lineStart, start))?.[0].length ?? 0;
  let from = text.indexOf('\n', at);
  let found = false;
  for (let lines = 0; lines < 40 && from >= 0 && from + 1 < text.length; lines++) {
    const end = lineEndAt(text, from + 1);
    const lead = /^[ \t]*/.exec(text.slice(from + 1, Math.min(end, from + 201)))?.[0].length ?? 0;
    const begin = from + 1 + lead;
    if (begin >= end || lead <= indent) break;
    const line = text.slice(begin, end);
    if (/^[\w"'.-]+\s?[:=]/.test(line) || line.startsWith('- ')) break;
    if (isSecret(search, line, meaning, true)) {
      const literal = quotedAt(text, begin, end);
      add(search, literal?.start ?? begin, literal?.end ?? end, meaning, 'config', name);
      found = true;
    }
    from = text.indexOf('\n', end);
  }
  return found;
}

/** Is the value a credential, given what its name says? */
export function isSecret(search: Search, value: string, meaning: NameMeaning, quoted: boolean): boolean {
  const { look, lexicon } = search.pack;
  const text = value.trim();
  if (text.length < 2 || look.isPlaceholder(text)) return false;
  if (/^\d{1,2}$/.test(text) || look.isPlace(text)) return false;
  if (meaning.strength === 'random') return look.isRandom(text);
  if (quoted) {
    if (/^\$\w+[^$\s]?\$\w+$/.test(text) && /^[$\w:. ]+$/.test(text) && text.includes(':')) return false;
    if (/\s/.test(text) && lexicon.isProse(text)) return false;
  }
  if (meaning.kind === 'token' && /^(?:bearer|basic)$/i.test(text)) return false;
  if (
    meaning.strength === 'plain' &&
    meaning.kind === 'token' &&
    look.strengthOf(text) === 'none' &&
    !/\d{4}/.test(text)
  )
    return false;
  return true;
}

function add(search: Search, start: number, end: number, meaning: NameMeaning, carrier: Carrier, name: string): void {
  const finding: Finding = { start, end, kind: meaning.kind, carrier, name };
  search.findings.push(finding);
}

const PAIR_NAMES =
  /(?:^|_|-|\b)(?:(?:proxy)?_?user_?pwd|curlopt_(?:proxy)?userpwd|credentials?|proxyauth|basic_?auth|user_?pass|userpass|authorization)$/i;
const PAIR = /^[\w.@+-]{1,64}:(?=\S{3})/;

/** Adds the value; of `user:secret` under a name that holds both, only the secret. */
function addPair(
  search: Search,
  start: number,
  end: number,
  meaning: NameMeaning,
  carrier: Carrier,
  name: string,
): void {
  const pair = PAIR_NAMES.test(name) ? PAIR.exec(search.text.slice(start, Math.min(end, start + 80))) : null;
  add(search, start + (pair?.[0].length ?? 0), end, meaning, carrier, name);
}

function carrierOf(search: Search, start: number, style: Separator['style']): Carrier {
  const { text } = search;
  const before = text[start - 1] ?? '\n';
  if (before === '?' || before === '&') return 'query';
  if (style === 'equals') {
    const line = text.slice(lineStartAt(text, start), start);
    return /^\s*(?:export\s+|set\s+)?$/.test(line) ? 'env' : 'form';
  }
  if (before === '"' || before === "'" || before === '\\') return style === 'colon' ? 'json' : 'code';
  if (before === '[' || style === 'length') return 'dump';
  return style === 'assign' ? 'code' : 'config';
}

function isForm(text: string, start: number, at: number, limit: number): boolean {
  const before = text[start - 1];
  if (before === '&' || before === '?' || before === ';') return true;
  const space = text.slice(at, Math.min(limit, at + 300)).search(/\s/);
  const token = space < 0 ? text.slice(at, Math.min(limit, at + 300)) : text.slice(at, at + space);
  return /&[\w.%[\]-]{1,60}=/.test(token) || /;[\w ]{1,40}=/.test(token);
}

/** Offset of the quote that closes a string in which the name itself stands, else `limit`. */
export function outerClose(text: string, start: number, at: number, limit: number): number {
  const from = Math.max(lineStartAt(text, start), start - 400);
  let open = '';
  for (let i = from; i < at; i++) {
    const unit = text[i] ?? '';
    if (unit === '\\') i++;
    else if (open === '') {
      if ((unit === '"' || unit === '`' || unit === "'") && !(unit === "'" && LETTER.test(text[i - 1] ?? '')))
        open = unit;
    } else if (unit === open) open = '';
  }
  if (open === '') return limit;
  for (let i = at; i < limit; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === open && !(open === "'" && LETTER.test(text[i + 1] ?? ''))) return i;
  }
  return limit;
}

/** Does the name open its line (after indents, list marks, prompts, declaration words)? */
export function isLineStart(text: string, start: number): boolean {
  const from = lineStartAt(text, start);
  if (start - from > 60) return false;
  return /^[\s>*#•|-]*(?:(?:export|set|setx|const|let|var|my|our|private|public|protected|static|final|def|\$env:|\d+[.)])\s*)*["'`$@:*[{(-]*(?:[\p{L}\d_]+[ _.-]){0,3}$/u.test(
    text.slice(from, start),
  );
}
