// Names that a text itself explains: users behind their noun or before a header's colon, labels of hosts and mailboxes.
import { matchAt, type Search } from './finding';
import { isLetterOrDigit } from './units';

const MAX_TEXT = 100000;
const MAX_NAME = 300;
const RUN = /[\p{L}\d_.-]+/gu;
const HOSTS = /([\p{L}\d_-]+(?:\.[\p{L}\d_-]+)*)\.[\p{L}]{2,}(?![\p{L}\d_])/gu;
const MAIL_HOST = /[\p{L}\d-]{1,63}\./uy;
const NAME_BEHIND =
  /(?:_\w{0,8})?["'`\])]{0,2}(?:\s{0,3}(?:=>|[:=|-]|\s\p{L}{1,5}\s)\s{0,3}|\s{1,3}|(?=["'`“(]))["'`[(]{0,2}([\p{L}\d_.@+-]{3,60})/uy;
const USER_BEFORE = /([\p{L}\d_.@+-]{2,60})\s{0,3}:\s{0,3}$/u;

interface Known {
  readonly names: ReadonlySet<string>;
  /** Users before the colon of a header's value, as far as the findings have been looked at. */
  readonly users: Set<string>;
  seen: number;
}

const known = new WeakMap<Search, Known>();

/** Does the text call this word a user, or is it part of a host? */
export function isKnownName(search: Search, word: string): boolean {
  let cached = known.get(search);
  if (cached === undefined) known.set(search, (cached = { names: namesIn(search), users: new Set(), seen: 0 }));
  const lower = word.toLowerCase();
  if (cached.names.has(lower)) return true;
  for (; cached.seen < search.findings.length; cached.seen++) {
    const { start, carrier } = search.findings[cached.seen] as { start: number; carrier: string };
    if (carrier !== 'header') continue;
    const user = USER_BEFORE.exec(search.text.slice(Math.max(0, start - 70), start))?.[1];
    if (user !== undefined) cached.users.add(user.toLowerCase());
  }
  return cached.users.has(lower);
}

/** The known names of a text in lower case. What stands behind a host's dot or before an `@` counts too. */
function namesIn(search: Search): ReadonlySet<string> {
  const names = new Set<string>();
  const text = search.text.slice(0, MAX_TEXT).toLowerCase();
  const { look, userScanner } = search.pack;
  if (text.includes('.')) {
    for (const [run] of text.matchAll(RUN)) {
      if (!run.includes('.')) continue;
      for (const match of run.slice(0, MAX_NAME).matchAll(HOSTS))
        if (look.isDomain(match[0])) for (const label of (match[1] ?? '').split('.')) names.add(label);
    }
  }
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < MAX_NAME && isNameUnit(text.charCodeAt(from - 1))) from--;
    if (from < at && matchAt(MAIL_HOST, text, at + 1) !== null) names.add(text.slice(from, at));
  }
  const { words } = userScanner.scan(text);
  for (let h = 0; h < words.length; h += 2) {
    const name = matchAt(NAME_BEHIND, text, words[h] as number)?.[1];
    if (name !== undefined) names.add(name.replace(/[.-]+$/, ''));
  }
  return names;
}

function isNameUnit(code: number): boolean {
  return code === 95 || code === 46 || code === 43 || code === 45 || isLetterOrDigit(code);
}
