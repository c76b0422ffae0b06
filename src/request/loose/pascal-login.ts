// Indy's login of a request, three assignments, as the header that takes its place.

import { lineStartAt } from '../lines';
import type { Edit, Span } from '../model';

const SWITCH = /\b([A-Za-z_][\w.]*)\.BasicAuthentication\s*:=\s*True\s*;?/i;

/** Edits that write a header of both parts where the login is switched on; null where the parts are not in view. */
export function pascalLogin(text: string, scope: Span, name: string): Edit[] | null {
  const source = text.slice(scope.start, scope.end);
  const on = SWITCH.exec(source);
  if (on?.[1] === undefined) return null;
  const object = on[1];
  const part = (property: string): { readonly value: string; readonly line: Span } | null => {
    const m = new RegExp(`\\b${object.replaceAll('.', '\\.')}\\.${property}\\s*:=\\s*([^;\\n]{1,200});`, 'i').exec(
      source,
    );
    if (m?.[1] === undefined) return null;
    const start = lineStartAt(text, scope.start + m.index);
    const nl = text.indexOf('\n', scope.start + m.index);
    return { value: m[1].trim(), line: { start, end: nl < 0 ? text.length : nl + 1 } };
  };
  const [user, secret] = [part('Username'), part('Password')];
  if (user === null || secret === null) return null;
  const at = { start: scope.start + on.index, end: scope.start + on.index + on[0].length };
  return [
    { ...at, text: `${object}.CustomHeaders.AddValue('${name}', ${user.value} + ':' + ${secret.value});` },
    { ...user.line, text: '' },
    { ...secret.line, text: '' },
  ];
}
