// The data of a cluster's secret: values in base64 under names that need not say anything.
import { decodeBase64 } from '../encoded';
import { lineStartAt, type Search } from '../finding';
import { nameWords } from '../names';

const REACH = 2000;
const ENTRY = /^[ \t]{1,8}["']?([\w.-]{1,80})["']?:[ \t]{1,4}["']?([\w+/]{8,2000}={0,2})["']?[ \t]*\r?$/gm;
const BORDER = '\n---';

/** The entries of the document around `start`, but for those that name a user or hold an address. */
export function findSealed(search: Search, start: number): void {
  const { text, pack } = search;
  const before = text.slice(Math.max(0, start - REACH), lineStartAt(text, start));
  const behind = text.slice(start, start + REACH);
  const head = before.lastIndexOf(BORDER);
  const from = start - (start - lineStartAt(text, start)) - before.length + Math.max(0, head);
  const end = behind.indexOf(BORDER);
  const to = end < 0 ? start + behind.length : start + end;
  for (const match of text.slice(from, to).matchAll(ENTRY)) {
    const [whole, name = '', value = ''] = match;
    const decoded = decodeBase64(value)?.trim() ?? '';
    if (decoded.length < 3 || nameWords(name).some((word) => pack.lexicon.has('user', word))) continue;
    if (
      pack.look.isPlaceholder(decoded) ||
      pack.look.isInert(decoded) ||
      pack.lexicon.isOrdinary(decoded.toLowerCase())
    )
      continue;
    const at = from + match.index + whole.lastIndexOf(value);
    search.findings.push({
      start: at,
      end: at + value.length,
      kind: 'api-secret',
      carrier: 'config',
      name,
      encoding: 'base64',
      decodesTo: 'text',
    });
  }
}
