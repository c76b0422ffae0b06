// Calls that take user and secret as literals: auth=('u', 'p'), new PDO(dsn, 'u', 'p'), base64_encode('u:p'), IDENTIFIED BY 'p'.
import { lineEndAt, matchAt, type Search } from '../finding';
import { quotedAt } from '../literal';
import { chosenness } from '../speech/chosen';
import { listedSecret } from './listed';
import { nameAround } from './place';

/** A bracket, or a blank where the call goes without one: `basic_auth 'u', 'p'`. */
const OPEN =
  /["'`\])]{0,3}\s{0,20}(?:=>|[=:])?\s{0,3}(?:new\s)?(?:[\w.]{0,40})?[([{]\s{0,4}|,?[ \t]{1,4}(?=(["'])[^"'\n]{1,80}\1,[ \t]{0,4}["'])|(?<=\.\w{1,30})[ \t](?=\w{1,40},[ \t]{0,4}["'])/y;
const MAX_CALL = 600;

/** Tries the call whose name is around [start, end); `at` says which argument is the secret. Says whether it was a call with one. */
export function findCall(search: Search, start: number, end: number, at: number): boolean {
  const { text, pack } = search;
  const [, to] = nameAround(text, start, end);
  if (to !== end) return false;
  if (at === 1 && !/[\p{L}\d]/u.test(text[start - 1] ?? ' ')) {
    const sign = matchAt(/["']?\s{0,3}(?:=>|[:=])[ \t]{0,4}/y, text, end);
    const listed = sign === null ? undefined : listedSecret(search, end + sign[0].length);
    if (listed !== undefined) {
      const name = text.slice(start, end);
      search.findings.push({ start: listed[0], end: listed[1], kind: 'password', carrier: 'code', name });
      return true;
    }
  }
  // Inside of a longer word, unless a hump parts it: "doLogin".
  if (at !== -2 && /\w/.test(text[start - 1] ?? ' ') && !/^[a-z][A-Z]/.test(text.slice(start - 1, start + 1)))
    return false;
  if (at === -2 && !/^\w{0,20}(?:::\w{1,20})?\(/.test(text.slice(end, end + 44))) return false;
  const open = matchAt(OPEN, text, end);
  if (open === null) return false;
  let p = OPEN.lastIndex;
  const limit = Math.min(text.length, p + MAX_CALL);
  let argument = 0;
  let depth = 0;
  while (p < limit) {
    const unit = text[p] ?? '';
    const literal = /["'`\\bBrRuUfF&@$]/.test(unit)
      ? quotedAt(text, p, Math.min(limit, lineEndAt(text, p)))
      : undefined;
    if (literal !== undefined) {
      // A member of a map, no argument.
      if (at >= 0 && depth === 0 && /^\s{0,3}(?::|=)/.test(text.slice(literal.after, literal.after + 4))) return false;
      if (open[0].trimEnd().endsWith('{') && /[=:>]\s{0,3}$/.test(text.slice(p - 4, p))) return false;
      const value = text.slice(literal.start, literal.end);
      const name = text.slice(start, end);
      if (at === -2) {
        if (depth === 0 && chosenness(value) >= 3 && !pack.look.isPlaceholder(value) && !pack.look.isInert(value))
          search.findings.push({ start: literal.start, end: literal.end, kind: 'password', carrier: 'code', name });
        p = literal.after;
        continue;
      }
      if (at < 0) {
        const pair = /^([\w.@+-]{1,64}):(?=\S{3})/.exec(value);
        if (
          pair !== null &&
          !pack.look.isPlaceholder(value.slice(pair[0].length)) &&
          !/^https?:|^[\w.-]+:\d{1,5}$/.test(value)
        ) {
          search.findings.push({
            start: literal.start + pair[0].length,
            end: literal.end,
            kind: 'api-secret',
            carrier: 'code',
            name,
          });
        }
        return false;
      }
      // It was taken in an earlier look.
      if (depth === 0 && argument === at && value.includes('[redacted:')) return true;
      if (
        depth === 0 &&
        argument === at &&
        value.length >= 3 &&
        !pack.look.isPlaceholder(value) &&
        !pack.look.isPlace(value) &&
        !/^(?:basic|digest|ntlm|plain)$/i.test(value)
      ) {
        search.findings.push({ start: literal.start, end: literal.end, kind: 'password', carrier: 'code', name });
        return true;
      }
      p = literal.after;
      continue;
    }
    if (unit === '(' || unit === '[' || unit === '{') depth++;
    else if (unit === ')' || unit === ']' || unit === '}') {
      if (--depth < 0) return false;
    } else if (unit === ',' && depth === 0) argument++;
    else if (unit === ';') return false;
    p++;
  }
  return false;
}

const BY = /identified (?:with [\w']{1,60} )?(?:by|as)(?: password| values)? ?(?=['"])/iy;

/** SQL: the literal behind IDENTIFIED BY. */
export function findIdentified(search: Search, start: number): void {
  if (matchAt(BY, search.text, start) === null) return;
  const literal = quotedAt(search.text, BY.lastIndex, lineEndAt(search.text, BY.lastIndex));
  if (literal === undefined || search.pack.look.isPlaceholder(search.text.slice(literal.start, literal.end))) return;
  search.findings.push({
    start: literal.start,
    end: literal.end,
    kind: 'connection-password',
    carrier: 'code',
    name: 'identified by',
  });
}
