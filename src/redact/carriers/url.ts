// User-info in URLs and connection strings: the password goes, user and host stay.
import type { Search } from '../finding';
import { matchAt } from '../finding';

const RUN = /[^\s"'<>`\\^{}|]{1,400}/y;
const VARIABLE_RUN = /[^\s"'<>`\\^|]{1,400}/y;
const WEB = /^(?:https?|ftps?|sftp|ssh|git|wss?|webdavs?|svn|socks[45]?h?)$/i;
const HOST = /^(?:[\w-]+\.)*[\w-]+(?::\d+)?(?:[/?#,;)]|$)|^\[[\da-f:]+\]|^\*{2,}/i;

/** Tries the URL whose `://` ends at `at`. */
export function findUserInfo(search: Search, at: number): void {
  const { text, pack } = search;
  const run = matchAt(RUN, text, at)?.[0] ?? '';
  if (matchAt(VARIABLE_RUN, text, at)?.[0].includes('{') === true && !run.includes('@')) return;
  if (!run.includes('@')) return;
  const slash = run.search(/[/?#]/);
  const first = slash < 0 ? run : run.slice(0, slash);
  let sign = first.lastIndexOf('@');
  if (sign < 0) {
    // A password with an unescaped slash, hash or question mark: user:pa/ss@host.
    const colon = first.indexOf(':');
    if (colon < 0 || /^\d*$/.test(first.slice(colon + 1))) return;
    sign = run.indexOf('@');
    if (!HOST.test(run.slice(sign + 1))) return;
  } else {
    const wider = run.slice(0, 200).lastIndexOf('@');
    if (wider > sign && !/[/?]/.test(run.slice(sign, wider)) && HOST.test(run.slice(wider + 1))) sign = wider;
  }
  const info = run.slice(0, sign);
  const colon = info.indexOf(':');
  const scheme = /[\w+.-]{1,40}$/.exec(text.slice(Math.max(0, at - 43), at - 3))?.[0] ?? '';
  if (colon < 0) {
    if (info.length >= 16 && pack.look.isRandom(info))
      search.findings.push({ start: at, end: at + sign, kind: 'token', carrier: 'url-userinfo' });
    return;
  }
  const secret = info.slice(colon + 1);
  if (secret === '' || pack.look.isPlaceholder(secret) || pack.look.isPlaceholder(decode(secret))) return;
  const start = at + colon + 1;
  search.findings.push({
    start,
    end: at + sign,
    kind: WEB.test(scheme) ? 'password' : 'connection-password',
    carrier: WEB.test(scheme) ? 'url-userinfo' : 'connection',
    name: scheme,
  });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}

const THIN = /jdbc:\w+:\w*:?([^/\s:@]{1,64})\/("[^"]{1,64}"|[^@\s]{1,100})@/iy;

/** `jdbc:…:thin:user/secret@host`. `start` is where `jdbc:` begins. */
export function findThin(search: Search, start: number): void {
  const match = matchAt(THIN, search.text, start);
  if (match === null || search.pack.look.isPlaceholder(match[2] ?? '')) return;
  const end = start + match[0].length - 1;
  search.findings.push({
    start: end - (match[2] ?? '').length,
    end,
    kind: 'connection-password',
    carrier: 'connection',
    name: 'jdbc',
  });
}
