// Strings of a snippet with their interpolated parts, also those whose text stands on the lines below.

import type { Language } from './language';

/** A run of a string: decoded text, or an expression between `from` and `to` of the text. */
export interface StringPart {
  readonly kind: 'text' | 'code';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Token {
  readonly kind: 'id' | 'num' | 'str' | 'op' | 'nl' | 'end';
  /** As written; for a string its quote. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly parts?: readonly StringPart[];
}

const SINGLE_STRINGS = new Set<Language>(['php', 'python', 'js', 'ruby', 'perl', 'powershell', 'dart']);

const MULTILINE = new Set<Language>(['php', 'ruby', 'perl', 'powershell', 'rust']);

const MAX_STRING = 20_000;

/** How `"…"` takes in variables. */
function interpolates(language: Language, prefix: string, quote: string): RegExp | null {
  switch (language) {
    case 'php':
      return quote === '"' ? /\{\$[^}\n]*\}|\$\{[^}\n]*\}|\$[A-Za-z_]\w*(?:->\w+|\[[^\]\n]{0,40}\])?/y : null;
    case 'perl':
      return quote === '"' ? /\$\{[^}\n]*\}|\$[A-Za-z_]\w*(?:->)?(?:\{[^}\n]*\})?/y : null;
    case 'powershell':
      return quote === '"' ? /\$\([^)\n]*\)|\$\{[^}\n]*\}|\$(?:env:|script:|global:)?[A-Za-z_]\w*/y : null;
    case 'python':
      return /f/i.test(prefix) ? /\{[^{}\n]*\}/y : null;
    case 'js':
      return quote === '`' ? /\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/y : null;
    case 'kotlin':
    case 'dart':
      return /\$\{[^}\n]*\}|\$[A-Za-z_]\w*/y;
    case 'csharp':
    case 'vb':
      return prefix.includes('$') ? /\{[^{}\n]*\}/y : null;
    case 'ruby':
      return quote === '"' || quote === '`' ? /#\{[^{}\n]*\}/y : null;
    case 'swift':
      return /\\\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)/y;
    default:
      return null;
  }
}

export const HEREDOC = new Set<Language>(['perl', 'ruby', 'php']);

/** `<<'JSON'`, `<<~EOS`, `<<<"EOT"`: the lines below are the string. */
export function heredoc(
  text: string,
  at: number,
  end: number,
  language: Language,
): { token: Token; from: number; to: number } | null {
  if (text[at] !== '<' || text[at + 1] !== '<') return null;
  const open = /<<(?:<[ \t]*|[~-])?(["']?)([A-Za-z_]\w{0,30})\1/y;
  open.lastIndex = at;
  const m = open.exec(text);
  const tag = m?.[2];
  const nl = text.indexOf('\n', at);
  if (m === null || tag === undefined || nl < 0 || nl >= end) return null;
  if (m[1] === '' && !/^[A-Z_]+$/.test(tag)) return null;
  const from = nl + 1;
  for (let line = from; line < end && line - from < MAX_STRING;) {
    const next = text.indexOf('\n', line);
    const stop = next < 0 ? end : next;
    if (new RegExp(`^[ \\t]*${tag}\\b`).test(text.slice(line, Math.min(stop, line + 80)))) {
      const quote = m[1] === "'" ? "'" : '"';
      const parts = stringParts(text, from, Math.max(from, line - 1), language, '', quote, quote === "'");
      const to = line + text.slice(line, stop).indexOf(tag) + tag.length;
      return { token: { kind: 'str', text: quote, start: at, end: at + m[0].length, parts }, from, to };
    }
    line = stop + 1;
  }
  return null;
}

const PREFIX = /(?:[fFrRbBuU]{1,2}|\$@|@\$|[$@])(?=["'])/y;

export function readString(text: string, at: number, end: number, language: Language): Token | null {
  let prefix = '';
  let from = at;
  const c = text[at] ?? '';
  if (/[fFrRbBuU$@]/.test(c) && !/\w/.test(text[at - 1] ?? '')) {
    PREFIX.lastIndex = at;
    const m = PREFIX.exec(text);
    if (m !== null) {
      prefix = m[0];
      from = at + prefix.length;
    }
  }
  let quote = text[from] ?? '';
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  if (quote === '`' && language !== 'js' && language !== 'go' && language !== 'ruby') return null;
  if (quote === "'" && language === 'vb') return null;
  if (quote === "'" && prefix === '' && /[A-Za-z]/.test(text[at - 1] ?? '')) return null;
  if (text.startsWith(quote.repeat(3), from) && quote !== '`') quote = quote.repeat(3);
  const raw = /r/i.test(prefix) || prefix.includes('@') || (quote === '`' && language === 'go');
  const open = from + quote.length;
  const close = stringClose(text, open, Math.min(end, open + MAX_STRING), quote, language, raw);
  if (close === null) return null;
  if (quote === "'" && !SINGLE_STRINGS.has(language) && close - open > 2) {
    // Java, Go, C#: a character, not a string; read as text all the same where people mix them up.
    if (!/[:/=]/.test(text.slice(open, close))) return null;
  }
  const parts = stringParts(text, open, close, language, prefix, quote, raw);
  return { kind: 'str', text: prefix + quote, start: at, end: close + quote.length, parts };
}

function stringClose(
  text: string,
  from: number,
  limit: number,
  quote: string,
  language: Language,
  raw: boolean,
): number | null {
  const oneLine = quote.length === 1 && quote !== '`' && !MULTILINE.has(language);
  const escape = raw || (language === 'powershell' && quote === "'") ? '' : language === 'powershell' ? '`' : '\\';
  for (let i = from; i < limit; i++) {
    const c = text[i];
    if (escape !== '' && c === escape) {
      i++;
      continue;
    }
    if (c === '\n' && oneLine) return null;
    if (c === quote[0] && text.startsWith(quote, i)) {
      if (
        (raw || language === 'powershell' || language === 'vb') &&
        quote.length === 1 &&
        quote !== '`' &&
        text[i + 1] === quote
      ) {
        i++;
        continue;
      }
      return i;
    }
    if (c === '\n' && quote.length === 1 && quote !== '`' && i - from > 2_000) return null;
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', b: '\b', f: '\f' };

function stringParts(
  text: string,
  from: number,
  to: number,
  language: Language,
  prefix: string,
  quote: string,
  raw: boolean,
): StringPart[] {
  const hole = interpolates(language, prefix, quote[0] ?? '');
  const single = quote[0] === "'" && (language === 'php' || language === 'ruby' || language === 'perl');
  const out: StringPart[] = [];
  let run = '';
  let runStart = from;
  const flush = (end: number): void => {
    if (run !== '') out.push({ kind: 'text', text: run, start: runStart, end });
    run = '';
  };
  for (let i = from; i < to;) {
    if (hole !== null) {
      hole.lastIndex = i;
      const m = '{$#\\'.includes(text[i] ?? ' ') ? hole.exec(text) : null;
      if (m !== null && m.index + m[0].length <= to && !(text[i] === '{' && text[i + 1] === '{')) {
        flush(i);
        const inner = /^(?:\$\{|#\{|\$\(|\\\(|\{)/.exec(m[0])?.[0].length ?? 0;
        const bare = inner === 0 || (language === 'powershell' && m[0].startsWith('${'));
        const closeLen = inner === 0 || bare ? 0 : 1;
        out.push({ kind: 'code', text: m[0], start: bare ? i : i + inner, end: i + m[0].length - closeLen });
        i += m[0].length;
        runStart = i;
        continue;
      }
    }
    const c = text[i] ?? '';
    if (c === '`' && language === 'powershell' && quote !== "'" && i + 1 < to) {
      const next = text[i + 1] ?? '';
      flush(i);
      out.push({ kind: 'text', text: ESCAPES[next] ?? next, start: i, end: i + 2 });
      i += 2;
      runStart = i;
      continue;
    }
    if (c === '\\' && !raw && language !== 'powershell') {
      const next = text[i + 1] ?? '';
      flush(i);
      const uni = next === 'u' ? /^u([0-9a-fA-F]{4})/.exec(text.slice(i + 1, i + 6)) : null;
      const decoded =
        uni !== null
          ? String.fromCharCode(parseInt(uni[1] ?? '0', 16))
          : single
            ? next === "'" || next === '\\'
              ? next
              : `\\${next}`
            : (ESCAPES[next] ?? next);
      const width = uni !== null ? 6 : 2;
      out.push({ kind: 'text', text: decoded, start: i, end: Math.min(to, i + width) });
      i += width;
      runStart = i;
      continue;
    }
    if (run === '') runStart = i;
    run += c;
    i++;
  }
  flush(to);
  return out;
}
