// A login that settings give line by line, `force_basic_auth: yes`, `url_username: …`, `url_password: …`, as one credential.

import { lineStartAt } from '../lines';
import type { Credential, Edit, Span, Value } from '../model';
import { plainValue } from '../value';

const LINE = /^[ \t]*((?:url_)?(username|user|password)|(force_basic_auth))[ \t]*[:=][ \t]*(["']?)([^\n]*?)\4[ \t]*$/gm;

/** The credential of a stretch whose settings switch Basic on; null where they do not. */
export function yamlLogin(
  text: string,
  scope: Span,
  add: (name: string, value: Value) => readonly Edit[] | null,
): Credential | null {
  const rows = [...text.slice(scope.start, scope.end).matchAll(LINE)].filter(
    (m) => m[3] !== undefined || m[1]?.startsWith('url_') === true,
  );
  const on = rows.find((m) => m[3] !== undefined && /^(?:true|yes)$/i.test(m[5] ?? ''));
  if (on === undefined) return null;
  const valueOf = (name: RegExp): Value | null => {
    const m = rows.find((r) => name.test(r[2] ?? ''));
    if (m === undefined) return null;
    const from = scope.start + m.index + m[0].lastIndexOf(m[5] ?? '');
    return plainValue(text, from, from + (m[5] ?? '').length, 'template');
  };
  const at = scope.start + on.index + on[0].indexOf(on[1] ?? '');
  const removed = rows.map((m): Edit => {
    const end = scope.start + m.index + m[0].length;
    return { start: lineStartAt(text, scope.start + m.index), end: Math.min(text.length, end + 1), text: '' };
  });
  return {
    role: 'basic',
    user: valueOf(/user/),
    secret: valueOf(/password/),
    start: at,
    end: scope.start + on.index + on[0].length,
    write: (name, value) => {
      const added = add(name, value);
      return added === null ? null : [...removed, ...added];
    },
  };
}
