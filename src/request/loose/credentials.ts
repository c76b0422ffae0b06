// Credentials given to a client by an option of its own, known by the option's name in whatever language.

import { lineStartAt } from '../lines';
import type { Credential, CredentialRole, Edit, Span, Value } from '../model';
import { unknownValue } from '../value';
import { yamlLogin } from './yaml-login';

/** Options and classes by which clients send a credential, as they are spelt in their languages. */
const OPTIONS: readonly (readonly [CredentialRole, RegExp])[] = [
  ['basic', /\b(?:new\s+)?(?:HTTPBasicAuth(?:Handler)?|HttpBasicAuthenticator|NetworkCredential|PasswordAuthentication|UsernamePasswordCredentials|BasicAuthentication(?:Interceptor)?|BasicAuthenticator|BasicAuthCredentials|HttpBasicAuthenticationFeature|add_password|addPassword)\s*\(/],
  ['basic', /(?:\.|->|::)\s*(?:set|with|use|add)?_?(?:basic_?auth(?:entication|orization)?|auth_?basic|authorization_basic|authentication_basic)(?:Credentials)?\s*\(/i],
  ['basic', /\.auth\(\)\s*(?:\.\s*preemptive\(\)\s*)?\.\s*basic\s*\(/],
  ['basic', /\b(?:auth_?basic|basic_?auth|http_basic_auth|userpwd|user_pwd)\b["']?\s*(?:=>|:|=)\s*/i],
  ['bearer', /(?:\.|->|::)\s*(?:set|with|use|add)?_?(?:bearer_?auth|bearer_?token|oauth_?(?:2_?)?bearer_?token|auth_?token|with_?token)\s*\(/i],
  ['bearer', /\b(?:auth_?bearer|bearer_?token)\b["']?\s*(?:=>|:)\s*/i],
  ['basic', /\bforce_basic_auth\s*[:=]\s*(?:true|yes)|\burl_username\s*[:=]|\bauthentication\s*:\s*basic\b/i],
  ['bearer', /\bauth["']?\s*(?::|=>)\s*\{\s*:bearer\s*,[^}\n]{0,200}\}/],
  ['basic', /\bauth["']?\s*(?::|=>)\s*\{\s*:basic\s*,[^}\n]{0,200}\}/],
  ['basic', /\bauth["']?\s*:\s*\{\s*["']?(?:user(?:name)?)["']?\s*:/],
  ['basic', /(?<=(?:\$|jQuery)\.(?:ajax|get)\(\{[^}]{0,300})\busername\s*:\s*[\w"'`.$]+\s*,\s*password\s*:\s*[\w"'`.$]+/],
  ['basic', /\bopen\(\s*["']\w+["']\s*,\s*[^,()\n]{1,200},\s*(?:true|false|!0|!1)\s*,\s*(?=[\w"'`])/],
]; // prettier-ignore

/** The first option of that kind in a stretch; null where there is none. */
export function looseCredential(
  text: string,
  start: number,
  end: number,
  add: (name: string, value: Value) => readonly Edit[] | null,
): Credential | null {
  const settings = yamlLogin(text, { start, end }, add);
  if (settings !== null) return settings;
  const slice = text.slice(start, end);
  for (const [role, re] of OPTIONS) {
    const m = re.exec(slice);
    if (m === null) continue;
    const from = start + m.index + (/^(?:\.|->|::)\s*/.exec(m[0])?.[0].length ?? 0);
    const opens = m[0].endsWith('(');
    const inside = start + m.index + m[0].length;
    const brace = /\{[^}]*$/.test(m[0]) && role === 'basic' ? text.indexOf('}', inside) : -1;
    const close = opens
      ? closing(text, inside, end)
      : brace >= 0 && brace < end
        ? brace + 1
        : /password/.test(m[0])
          ? inside
          : lineEnd(text, inside, end);
    const parts = opens ? argumentsOf(text, inside, close).slice(-2) : [];
    const span = { start: from, end: opens ? Math.min(end, close + 1) : close };
    const [user, secret] = parts.length === 2 && role === 'basic' ? parts : [null, null];
    return {
      role,
      user: user ?? null,
      secret: secret ?? null,
      ...span,
      write: (name, value) => {
        const removed = removal(text, start + m.index, span);
        const added = removed === null ? null : add(name, value);
        return removed === null || added === null ? null : [...removed, ...added];
      },
    };
  }
  return null;
}

function closing(text: string, from: number, end: number): number {
  let depth = 1;
  for (let i = from; i < end && i - from < 2_000; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
  }
  return Math.min(end, from);
}

function lineEnd(text: string, from: number, end: number): number {
  const nl = text.indexOf('\n', from);
  return nl < 0 || nl > end ? end : nl;
}

/** Plain arguments, each as what it is called. */
function argumentsOf(text: string, from: number, to: number): Value[] {
  const out: Value[] = [];
  let at = from;
  for (const part of text.slice(from, to).split(',')) {
    const word = /^\s*(?:\w+\s*[:=]\s*)?([$@]?[\w.>()"'-]{1,60})\s*$/.exec(part);
    if (word?.[1] === undefined) return [];
    const begins = at + part.lastIndexOf(word[1]);
    out.push(unknownValue(word[1], begins, begins + word[1].length));
    at += part.length + 1;
  }
  return out;
}

/** The step of a chain, or the line where it stands alone. */
function removal(text: string, from: number, span: Span): Edit[] | null {
  const step = /^\s*(?:\.|->)/.test(text.slice(from, from + 4));
  if (step) {
    const lead = /\s*$/.exec(text.slice(Math.max(0, from - 60), from))?.[0].length ?? 0;
    return [{ start: from - lead, end: span.end, text: '' }];
  }
  const comma = /^[ \t]*,[ \t]*/.exec(text.slice(span.end, span.end + 20));
  if (comma !== null && /[{(,][ \t]*$/.test(text.slice(Math.max(0, span.start - 20), span.start)))
    return [{ start: span.start, end: span.end + comma[0].length, text: '' }];
  const line = lineStartAt(text, span.start);
  const end = lineEnd(text, span.end, text.length);
  if (/^[ \t]*["']?$/.test(text.slice(line, span.start)) && /^[ \t]*[;,]?[ \t]*$/.test(text.slice(span.end, end)))
    return [{ start: line, end: Math.min(text.length, end + 1), text: '' }];
  return null;
}
