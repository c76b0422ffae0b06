// Quoted `user:secret` on lines that speak of headers, encodings or log-ins, and other joined forms that no name announces.
import { bareEnd, quotedAt, trimPunctuation } from '../literal';
import { chosenness } from '../speech/chosen';
import { secretStart } from './joined';
import { lineEndAt, lineStartAt, matchAt, type Search } from '../finding';

const QUOTED_PAIR = /(["'`])([\w.@+-]{2,64}):([^\s"'`]{4,128}?)(?:\\+[rn])*\1/g;
const MAX_LINE = 4000;

/** Quoted pairs on the line of the cue at `at`. */
export function findQuotedPairs(search: Search, at: number): void {
  const { text, pack } = search;
  const from = Math.max(lineStartAt(text, at), at - MAX_LINE);
  const line = text.slice(from, Math.min(lineEndAt(text, at), at + MAX_LINE));
  if (!line.includes(':')) return;
  for (const match of line.matchAll(QUOTED_PAIR)) {
    const user = match[2] ?? '';
    const secret = match[3] ?? '';
    if (
      /^(?:https?|ftp|mailto|urn|data|tcp|unix|file|\d+)$/i.test(user) ||
      secret.startsWith('//') ||
      /^\d{1,5}(?:\/|$)/.test(secret)
    )
      continue;
    if (
      pack.look.isPlaceholder(secret) ||
      (!/^\d{6,}$/.test(secret) &&
        (pack.look.isInert(`${user}:${secret}`) || (pack.look.isInert(secret) && chosenness(secret) < 3)))
    )
      continue;
    if (pack.lexicon.isOrdinary(secret.toLowerCase()) || (pack.look.strengthOf(secret) === 'word' && secret.length < 5))
      continue;
    const start = from + match.index + 1 + user.length + 1;
    search.findings.push({ start, end: start + secret.length, kind: 'api-secret', carrier: 'code' });
  }
}

const PASS_FILE = /^[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w.*-]{1,64}:[\w.*-]{1,64}:(\S{3,128})$/;

/** host:port:database:user:secret, the line of a password file around `at`. */
export function findPassFile(search: Search, at: number): void {
  const from = lineStartAt(search.text, at);
  const end = lineEndAt(search.text, at);
  if (end - from > 400) return;
  const secret = PASS_FILE.exec(search.text.slice(from, end))?.[1];
  if (secret === undefined || search.pack.look.isPlaceholder(secret)) return;
  search.findings.push({ start: end - secret.length, end, kind: 'connection-password', carrier: 'connection' });
}

/** The word before ` /user:NAME`; `start` is where the flag begins. */
export function findBeforeUser(search: Search, start: number): void {
  const { text, pack } = search;
  let from = start;
  while (from > 0 && start - from < 80 && !/\s/.test(text[from - 1] ?? ' ')) from--;
  const word = text.slice(from, start);
  if (
    word.length < 3 ||
    /^[\\/*]|:$/.test(word) ||
    pack.look.isPlaceholder(word) ||
    (pack.look.strengthOf(word) === 'none' && !/^\d{4,}$/.test(word))
  )
    return;
  if (
    matchAt(/ \/user:[\w\\.@-]/iy, text, start) === null ||
    !/net\s+use/i.test(text.slice(Math.max(0, start - 200), start))
  )
    return;
  search.findings.push({ start: from, end: start, kind: 'password', carrier: 'cli', name: 'net use' });
}

/** `tool /u:user /p:secret`: `start` is the blank before the flag, `end` is behind its colon. */
export function findSlashFlag(search: Search, start: number, end: number): void {
  const { text, pack } = search;
  const limit = lineEndAt(text, end);
  const line = text.slice(lineStartAt(text, start), limit);
  if (line.length > MAX_LINE || !/\s\/(?:u|usr|user|l|login):\S/i.test(line)) return;
  const literal = quotedAt(text, end, limit);
  const from = literal?.start ?? end;
  const to = literal?.end ?? Math.max(end, endOfWord(text, end, limit));
  const value = text.slice(from, to);
  if (value.length < 3 || pack.look.isPlaceholder(value)) return;
  search.findings.push({
    start: from,
    end: to,
    kind: 'password',
    carrier: 'cli',
    name: text.slice(start + 1, end - 1),
  });
}

function endOfWord(text: string, at: number, limit: number): number {
  let end = at;
  while (end < limit && !/\s/.test(text[end] ?? ' ')) end++;
  return end;
}

/** `--proxy-user user:secret` without its program's name: `at` is behind the flag. */
export function findPairFlag(search: Search, at: number): void {
  const { text, pack } = search;
  const limit = lineEndAt(text, at);
  const literal = quotedAt(text, at, limit);
  const from = literal?.start ?? at;
  const to = literal?.end ?? bareEnd(text, at, limit, false);
  if (
    !/^[\w.@+-]{1,64}:\S{3}/.test(text.slice(from, to)) ||
    !/[\s("'`]--?[\w-]*$/.test(text.slice(Math.max(0, at - 24), at - 5))
  )
    return;
  const start = secretStart(search, from, to, true);
  const value = text.slice(start, to);
  if (start === from || pack.look.isPlaceholder(value) || /^\d{1,5}$/.test(value)) return;
  search.findings.push({ start, end: to, kind: 'password', carrier: 'cli', name: 'user' });
}

const TWIN = /(?:^|[\s(,;"'|])(\p{L}{1,12})\s?[:=]\s?["']?[\p{L}\d_.@+-]{2,64}["']?[,;|]?\s{1,4}$/u;

/** `u: user p: secret`: `start` is the blank before the letter, `end` is behind its mark. */
export function findTwin(search: Search, start: number, end: number): void {
  const { text, pack } = search;
  const name = TWIN.exec(text.slice(Math.max(0, start - 90), start + 1))?.[1]?.toLowerCase();
  if (name === undefined || (name !== 'u' && !pack.lexicon.has('user', name))) return;
  const limit = lineEndAt(text, end);
  let from = end;
  while (from < limit && text[from] === ' ') from++;
  const literal = quotedAt(text, from, limit);
  const to = literal?.end ?? trimPunctuation(text, from, bareEnd(text, from, limit, false));
  from = literal?.start ?? from;
  const value = text.slice(from, to);
  if (value.length < 3 || pack.look.isPlaceholder(value) || pack.lexicon.isOrdinary(value.toLowerCase())) return;
  search.findings.push({
    start: from,
    end: to,
    kind: 'password',
    carrier: 'config',
    name: text.slice(start + 1, end - 1),
  });
}
