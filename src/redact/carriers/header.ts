// The header that carries user and secret, in any clothing: raw, quoted, concatenated, as a map, misspelt or garbled.
import { lineEndAt, matchAt, type Search } from '../finding';
import { bareEnd, quotedAt } from '../literal';
import { nameAround, outerClose } from './place';
import { secretStart } from './joined';
import { separatorAfter } from './separator';

const GARBLED = /(?:(?:proxy|x)-)?auth[^\n"':=,;<>(){}&]{0,9}i[sz]a[tç][^\n"':=,;<>(){}&\s]{0,4}/iy;
const MAX_NAME = 40;
const MAX_VALUE = 8192;

/** Is this word the header's name, up to two letters off? */
export function isHeaderName(search: Search, word: string): boolean {
  const letters = word.toLowerCase().replace(/[^\p{L}]/gu, '');
  if (letters.length < 5) return search.pack.headerNames.has(letters);
  if (letters.length > MAX_NAME) return false;
  if (search.pack.headerNames.has(letters)) return true;
  if (/^(?:proxy|x)?auth.{1,8}i[sz]ation$/u.test(letters)) return true;
  if (letters.length < 10 || letters.length > 16) return false;
  return letters.startsWith('author') &&
    /^author(?:s|ed|ing|ity|ize|ise|ized|ised|izing|ising|itative|itarian)?$/.test(letters)
    ? false
    : within2(letters, 'authorization') || within2(letters, 'authorisation');
}

/** Levenshtein distance of at most 2 (swapped neighbours count 1), in a band. */
function within2(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2) return false;
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 9) + 1, (next[j - 1] ?? 9) + 1, (row[j - 1] ?? 9) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (previous[j - 2] ?? 9) + 1);
      next.push(cost);
    }
    previous = row;
    row = next;
  }
  return (row[b.length] ?? 9) <= 2;
}

/** Tries the header around a keyword [start, end). Returns the end of its name, or -1. */
export function findHeader(search: Search, start: number, end: number): number {
  const { text } = search;
  let [from, to] = nameAround(text, start, end);
  if (!isHeaderName(search, text.slice(from, to))) {
    if (matchAt(GARBLED, text, start) === null) return -1;
    from = start;
    to = GARBLED.lastIndex;
    if (text.startsWith('on', to)) to += 2;
    if (!isHeaderName(search, text.slice(from, to))) return -1;
  }
  const name = text.slice(from, to);
  const separator = separatorAfter(text, from, to);
  if (separator === undefined) {
    const argument = matchAt(
      /["'`]\s{0,3},\s{0,3}(?=[A-Za-z_$][\w$.>()[\]-]{0,60}\s{0,3}[+.&]\s{0,3}["'`])/y,
      text,
      to,
    );
    if (argument !== null) {
      authChain(search, to + argument[0].length, lineEndAt(text, to), name);
      return to;
    }
    pairBehind(search, to, name);
    return to;
  }
  let { at } = separator;
  const limit = lineEndAt(text, at);
  if (separator.style === 'element') {
    const close = text.indexOf('<', at);
    if (close >= 0 && close <= limit) authValue(search, at, close, name, true);
    return to;
  }
  // ["v"], [Basic v], : "v"
  while (at < limit && /[[\s]/.test(text[at] ?? '')) at++;
  if (separator.style === 'colon' && /[:=]/.test(text[at] ?? '')) at++;
  while (at < limit && text[at] === ' ') at++;
  const closes = /["'`]/.test(text[at] ?? '') && outerClose(text, from, at, limit) === at;
  const literal = closes ? undefined : quotedAt(text, at, limit);
  if (literal !== undefined) {
    authChain(search, at, limit, name);
    return to;
  }
  if (at >= limit) return to;
  // A member of JSON that is no string.
  if (separator.style === 'colon' && /["']/.test(text[to] ?? '') && /^[\d{[tfn-]/.test(text[at] ?? '')) return to;
  if (/^(?:\$\w|[A-Za-z_]\w*\s*[.+(]|new\b|`)/.test(text.slice(at, at + 60)) && separator.style !== 'colon') {
    authChain(search, at, limit, name);
    return to;
  }
  const outer = outerClose(text, from, at, limit);
  if (outer < limit && text.slice(at, outer).trim() === '') {
    // 'Authorization: ' . 'user:' . 'secret'
    const join = matchAt(/["'`]\s{0,4}(?:\.|\+|&|\|\|)\s{0,4}/y, text, outer);
    if (join !== null) authChain(search, outer + join[0].length, limit, name);
    // Authorization": "user:secret - the quote that closes the name was never opened, so this one opens the value.
    else if (/^["'`][\w.@-]{2,64}:\S{3}/.test(text.slice(outer, outer + 70)))
      authValue(search, outer + 1, limit, name, false);
    return to;
  }
  authValue(search, at, outer, name, outer < limit);
  return to;
}

/** Without a separator: `Authorization header value b'user:secret'`, `authorization user:secret`. */
function pairBehind(search: Search, at: number, name: string): void {
  const { text, pack } = search;
  if (matchAt(pack.between, text, at) === null) return;
  const limit = lineEndAt(text, at);
  const direct = /^[ \t]{1,8}(?=["'`])/.exec(text.slice(at, at + 10));
  const p = direct === null ? pack.between.lastIndex : at + direct[0].length;
  const literal = quotedAt(text, p, limit);
  if (literal !== undefined && literal.after <= limit) {
    authValue(search, literal.start, literal.end, name, true);
    return;
  }
  const end = bareEnd(text, p, limit, false);
  const pair = /^([\w.@+-]{2,64}):(\S{4,})$/.exec(text.slice(p, end));
  if (
    pair !== null &&
    !pack.look.isInert(pair[0]) &&
    pack.look.strengthOf(pair[2] ?? '') !== 'none' &&
    !pack.lexicon.isOrdinary(pair[2] ?? '')
  ) {
    authValue(search, p, end, name, false);
    return;
  }
  const scheme = matchAt(/([A-Za-z-]{3,12}) +(?=\S)/y, text, p);
  if (scheme !== null && pack.schemes.has((scheme[1] ?? '').toLowerCase())) {
    const from = p + scheme[0].length;
    const value = text.slice(from, bareEnd(text, from, limit, false));
    if (pack.look.strengthOf(value) === 'strong' || pack.look.isRandom(value)) authValue(search, p, limit, name, false);
  }
}

/** An expression of literals: the secret is what stands behind the first colon, across all of them. */
function authChain(search: Search, at: number, limit: number, name: string): void {
  const { text } = search;
  // Inside a code span of running text the back quote ends the expression.
  const line = text.slice(Math.max(0, at - 400, text.lastIndexOf('\n', at) + 1), at);
  if (line.split('`').length % 2 === 0) {
    const close = text.indexOf('`', at);
    if (close >= 0 && close < limit) limit = close;
  }
  let p = at;
  let colonSeen = false;
  let sawUser = false;
  for (let i = 0; i < 10 && p < limit; i++) {
    const literal = quotedAt(text, p, limit);
    if (literal === undefined) {
      const step = matchAt(/[\s.+&|()]+|[\w$>[\]\\-]+|::/y, text, p);
      if (step === null) return;
      if (/[\w$]/.test(step[0])) sawUser = true;
      p += step[0].length;
      continue;
    }
    const value = text.slice(literal.start, literal.end);
    if (colonSeen) {
      const argument = /[\w$]\s?\($/.test(text.slice(Math.max(0, literal.start - 4), literal.start - 1));
      if (value !== '' && !argument && !search.pack.look.isPlaceholder(value))
        push(search, literal.start, literal.end, name, 'api-secret', {});
    } else {
      const colon = value.indexOf(':');
      const next = matchAt(/[)\]\s]{0,3}\s{0,4}(?:\.|\+|&|\|\|)(?!=)/y, text, literal.after);
      if (next === null && !sawUser) {
        authValue(search, literal.start, literal.end, name, true);
        return;
      }
      if (colon >= 0) {
        colonSeen = true;
        if (value.slice(colon + 1).trim() !== '') authValue(search, literal.start, literal.end, name, true);
      } else if (next === null) return;
      sawUser = true;
    }
    p = literal.after;
    const join = matchAt(/[)\]\s]{0,3}\s{0,4}(?:\.|\+|&|\|\|)\s{0,4}/y, text, p);
    if (join === null) return;
    p += join[0].length;
  }
}

const SCHEME = /([A-Za-z][A-Za-z\d-]{1,24}):?[ \t]+(?=\S)/y;
const USER = /[^\s:"'(){}[\],=]{0,80}[ \t]{0,4}:(?![:/]\/)(?:[ \t]|%20|\+(?=\s)){0,8}/y;
const ESCAPED_END = /(?:\s|\\+[rnt]|\[\\[rn]\])+$/;
const TRAIL = /(?:\s|\\+[rnt]|\[\\[rn]\]|["'`,;\])}]|\\+["'])+$/;

/**
 * The value of an authorization header in [start, end). `bounded`: the span is exactly the value (it was quoted); otherwise it ends
 * at a blank. User and scheme stay, the secret goes.
 */
export function authValue(search: Search, start: number, end: number, name: string, bounded: boolean): void {
  const { text, pack } = search;
  let at = start;
  while (at < end && /[\s"'`]/.test(text[at] ?? '')) at++;
  let scheme: string | undefined;
  const word = matchAt(SCHEME, text, at);
  if (word !== null && SCHEME.lastIndex < end && pack.schemes.has((word[1] ?? '').toLowerCase())) {
    scheme = word[1] ?? '';
    at = SCHEME.lastIndex;
  }
  if (
    scheme !== undefined &&
    /=/.test(text.slice(at, Math.min(end, at + 60))) &&
    /^\s*[\w-]+\s?=\s?["']?[^\s=]/.test(text.slice(at, at + 80)) &&
    !/^[\w+/-]+={1,2}(?:$|[^\w"'])/.test(text.slice(at, end))
  ) {
    for (const match of text
      .slice(at, Math.min(end, at + MAX_VALUE))
      .matchAll(
        /\b(response|signature|token|mac|oauth_signature|oauth_token|credential|password|auth|sig|key)="?([^\s",]{4,})/gi,
      )) {
      const from = at + match.index + match[0].length - (match[2] ?? '').length;
      if (!pack.look.isPlaceholder(match[2] ?? ''))
        push(search, from, from + (match[2] ?? '').length, name, 'token', { scheme });
    }
    return;
  }
  const user = matchAt(USER, text, at);
  let colon = false;
  if (
    user !== null &&
    USER.lastIndex <= end &&
    !(scheme?.toLowerCase() === 'basic' && /^[\w+/=-]{16,}\s/.test(user[0]))
  ) {
    // A user that was generated is half of a key.
    if (!isKeyHalf(user[0])) at = USER.lastIndex;
    colon = true;
  }
  let stop = bounded ? end : bareEnd(text, at, end, false);
  if (pack.look.isPlaceholder(text.slice(at, stop))) return;
  stop -= (bounded ? ESCAPED_END : TRAIL).exec(text.slice(Math.max(at, stop - 40), stop))?.[0].length ?? 0;
  if (!bounded && stop > at && /[.,!?]/.test(text[stop - 1] ?? '') && stop < end + 1) stop--;
  if (stop <= at) return;
  let value = text.slice(at, stop);
  if (!colon && scheme === undefined) {
    // Another mark in the place of the colon.
    const from = secretStart(search, at, stop, true);
    if (from > at) {
      push(search, from, stop, name, 'api-secret', {});
      return;
    }
    if (/^[\p{L}\d_.@-]{2,64}[;|]$/u.test(value)) return;
  }
  if (!colon && bounded && /\s/.test(value)) {
    const blank = value.search(/\s+\S+$/);
    if (pack.lexicon.isProse(value)) return;
    if (blank > 0 && scheme === undefined && /^[\w.@-]+$/.test(value.slice(0, blank))) {
      at += blank + 1;
      value = text.slice(at, stop);
    }
  }
  if (pack.look.isPlaceholder(value) || (!bounded && pack.look.isCode(value) && !(colon && /\)[\w-]/.test(value))))
    return;
  if (/^\W*$/.test(value) || value.length < 2) return;
  if (!colon) {
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) return;
    if (pack.lexicon.isOrdinary(value.toLowerCase()) || isHeaderName(search, value) || pack.look.isState(value)) return;
    const strength = pack.look.strengthOf(value);
    if (!bounded && scheme === undefined && strength === 'none' && !/^\d{6,}$/.test(value)) return;
    if (!bounded && strength === 'word' && scheme !== undefined && text.slice(stop, end).trim() !== '') return;
    if (!bounded && scheme === undefined && strength === 'word' && text.slice(stop, end).trim() !== '') {
      // Two words: user and secret with a blank between.
      const second = /^[ \t]+(\S+)\s*$/.exec(text.slice(stop, end));
      const other = second?.[1] ?? '';
      if (pack.look.strengthOf(other) !== 'strong') return;
      at = end - (second?.[0].trimStart().length ?? 0);
      push(search, at, at + other.length, name, 'api-secret', {});
      return;
    }
  } else if (
    !bounded &&
    pack.lexicon.isOrdinary(value.toLowerCase()) &&
    pack.look.strengthOf(value) === 'word' &&
    /^[ \t]+\p{L}/u.test(text.slice(stop, end))
  )
    return;
  const lower = scheme?.toLowerCase();
  const kind = colon
    ? 'api-secret'
    : lower === 'basic'
      ? 'basic-credentials'
      : lower === undefined
        ? 'api-secret'
        : 'token';
  push(search, at, stop, name, kind, scheme === undefined ? {} : { scheme });
}

function isKeyHalf(user: string): boolean {
  return /^[\w-]{28,80}:$/.test(user) && /\d/.test(user) && /[a-z]\d*[A-Z]/.test(user);
}

function push(
  search: Search,
  start: number,
  end: number,
  name: string,
  kind: string,
  extra: { scheme?: string },
): void {
  search.findings.push({ start, end, kind, carrier: 'header', name, ...extra });
}
