// A header in place of a client's own way to send a credential.

import { lineStartAt } from '../../lines';
import type { Edit, Span, Value } from '../../model';
import { literal } from '../render';
import type { Editing } from './editing';

/** A raw header in place of a client's own kind of credential. */
export function replaceAuth(editing: Editing, at: Span, name: string, value: Value): Edit[] | null {
  const own = replaceOwn(editing, at, name, value);
  if (own !== null && own.length > 0) return own;
  const removed = withoutStep(editing, at);
  const added = removed === null ? null : editing.addHeader(name, value);
  return removed === null || added === null ? null : [...removed, ...added];
}

const STEP = /(\s*)(\.|->|::|\?\.)[ \t]*$/;

/** The step of a chain, or the statement, that gives the credential. */
export function withoutStep(editing: Editing, at: Span & { readonly nameStart?: number }): Edit[] | null {
  const { nameStart } = at;
  const { text } = editing;
  const head = nameStart === undefined ? null : STEP.exec(text.slice(Math.max(at.start, nameStart - 200), nameStart));
  if (head === null || nameStart === undefined) return removeStatementAt(editing, at);
  const from = nameStart - head[0].length;
  const receiver = text.slice(at.start, from).trim();
  const lineStart = lineStartAt(text, at.start);
  const whole =
    /^[$@]?[\w.>-]+$/.test(receiver) &&
    /^[ \t]*$/.test(text.slice(lineStart, at.start)) &&
    /^[ \t]*;?[ \t]*(?:\r?\n|$)/.test(text.slice(at.end, at.end + 40));
  if (whole) return editing.removeStatement(at);
  if (head[2] === '::') {
    const next = /^\s*->/.exec(text.slice(at.end, at.end + 60));
    return next === null ? null : [{ start: nameStart, end: at.end + next[0].length, text: '' }];
  }
  return [{ start: from, end: at.end, text: '' }];
}

function removeStatementAt(editing: Editing, at: Span): Edit[] | null {
  const source = editing.text.slice(at.start, at.end);
  return /^[\w$@.>"'-]+\s*(?:=>?|:)/.test(source) || /^\w*\s*\(/.test(source) ? editing.removeStatement(at) : null;
}

function replaceOwn(editing: Editing, at: Span, name: string, value: Value): Edit[] | null {
  const source = editing.text.slice(at.start, at.end);
  const inOptions =
    editing.options !== null && editing.options.entries.some((e) => e.start === at.start && e.end === at.end);
  const curl = /CURLOPT_/.test(source);
  if (
    editing.headers?.literal !== undefined &&
    editing.headers.literal !== null &&
    !isInside(editing.headers.literal, at)
  ) {
    const added = editing.addHeader(name, value);
    const removed =
      inOptions && editing.options !== null
        ? editing.removeEntry(at, editing.options)
        : (withoutStep(editing, at) ?? editing.removeStatement(at));
    return added === null ? null : [...removed, ...added];
  }
  if (curl && inOptions)
    return [{ start: at.start, end: at.end, text: `CURLOPT_HTTPHEADER => ${editing.collection(name, value, true)}` }];
  if (curl)
    return [
      {
        start: at.start,
        end: at.end,
        text: source.replace(
          /CURLOPT_[A-Z0-9_]+[\s\S]*$/,
          `CURLOPT_HTTPHEADER, ${editing.collection(name, value, true)})`,
        ),
      },
    ];
  if (inOptions) {
    const quoted = /^["']/.test(source);
    return [
      {
        start: at.start,
        end: at.end,
        text: `${quoted ? literal('headers', source[0] ?? "'") : 'headers'}${source.includes('=>') ? ' => ' : ': '}${editing.collection(name, value, false)}`,
      },
    ];
  }
  if (/^auth\s*=/.test(source))
    return [{ start: at.start, end: at.end, text: `headers=${editing.collection(name, value, false)}` }];
  if (/^[a-z_]*auth:\s/i.test(source))
    return [{ start: at.start, end: at.end, text: `headers: ${editing.collection(name, value, false)}` }];
  return rewriteAuth(editing, at, source, name, value);
}

function rewriteAuth(editing: Editing, at: Span, source: string, name: string, value: Value): Edit[] | null {
  const e = editing.render(value);
  const n = literal(
    name,
    editing.language === 'php' || editing.language === 'ruby' || editing.language === 'js' ? editing.quote : '"',
  );
  const done = (text: string): Edit[] => [{ start: at.start, end: at.end, text }];
  const call = /^([\s\S]*?)(\.|->|::|\?\.)(\s*)(\w*(?:basic|bearer|token|digest|auth|credential)\w*)\s*\(/i.exec(
    source,
  );
  switch (editing.language) {
    case 'go':
      if (call !== null) return done(`${call[1] ?? ''}.Header.Set(${n}, ${e})`);
      break;
    case 'java':
    case 'kotlin':
      if (call !== null)
        return afterLastStep(
          at,
          source,
          /^(?:h|headers?|httpHeaders)$/i.test((call[1] ?? '').trim()) ? 'set' : 'header',
          `${n}, ${e}`,
        );
      break;
    case 'php':
      if (call !== null) return afterLastStep(at, source, 'withHeaders', `[${n} => ${e}]`);
      break;
    case 'ruby': {
      const ruby = /^(.*?)\.\w*auth\w*/.exec(source);
      if (ruby !== null) return done(`${ruby[1] ?? ''}[${n}] = ${e}`);
      break;
    }
    case 'js':
      if (call !== null) return afterLastStep(at, source, 'set', `${n}, ${e}`);
      break;
    case 'python': {
      const assigned = /^([\w.]+)\.auth\s*=/.exec(source);
      if (assigned !== null) return done(`${assigned[1] ?? ''}.headers[${n}] = ${e}`);
      break;
    }
    case 'csharp': {
      const assigned = /^([\s\S]*?Headers)\.Authorization\s*=/.exec(source);
      if (assigned !== null) return done(`${assigned[1] ?? ''}.TryAddWithoutValidation(${n}, ${e})`);
      const lineStart = lineStartAt(editing.text, at.start);
      const statement = /([\w.]+Headers)\.Authorization\s*=\s*$/.exec(editing.text.slice(lineStart, at.start));
      if (statement !== null)
        return [
          {
            start: at.start - statement[0].length,
            end: at.end,
            text: `${statement[1] ?? ''}.TryAddWithoutValidation(${n}, ${e})`,
          },
        ];
      break;
    }
    case 'powershell': {
      const option = /^-Credential\b/i.test(source) || /^-Authentication\b/i.test(source);
      if (option) return done(`-Headers ${editing.collection(name, value, false)}`);
      break;
    }
    default:
  }
  return null;
}

/** Renames the last call of a chain that `at` covers. */
function afterLastStep(at: Span, source: string, name: string, args: string): Edit[] {
  const m = /^([\s\S]*)(\.|->|::)(\s*)(\w*(?:basic|bearer|token|digest|auth|credential)\w*)\s*\([\s\S]*\)$/i.exec(
    source,
  );
  if (m === null) return [];
  return [{ start: at.start + (m[1] ?? '').length, end: at.end, text: `${m[2] ?? '.'}${m[3] ?? ''}${name}(${args})` }];
}

function isInside(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
