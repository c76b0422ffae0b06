// Where a name stands: its extent, the string and line around it, the kind of carrier.
import { lineStartAt, type Search } from '../finding';
import type { Carrier } from '../redacted';
import type { Separator } from './separator';

const MAX_OUTER = 8192;
const LETTER = /[\p{L}\d]/u;
const NAME_UNIT = /[\p{L}\d_.$-]/u;
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** The name around a keyword: [start, end) widened over name units, not over scripts without blanks. */
export function nameAround(text: string, start: number, end: number): [number, number] {
  let from = start;
  let to = end;
  if (!WIDE.test(text[start] ?? '')) {
    while (from > 0 && end - from < 80 && NAME_UNIT.test(text[from - 1] ?? '') && !WIDE.test(text[from - 1] ?? ''))
      from--;
    while (from < start && /[.$-]/.test(text[from] ?? '')) from++;
  }
  if (!WIDE.test(text[end - 1] ?? '')) {
    while (to < text.length && to - start < 80 && NAME_UNIT.test(text[to] ?? '') && !WIDE.test(text[to] ?? '')) to++;
    // A dash or dot at the end is a separator, as in "pw - x"; "->" is one too.
    while (to > end && /[.$-]/.test(text[to - 1] ?? '')) to--;
  }
  return [from, to];
}

export function carrierOf(search: Search, start: number, style: Separator['style']): Carrier {
  const { text } = search;
  const before = text[start - 1] ?? '\n';
  if (before === '?' || before === '&') return 'query';
  if (style === 'equals') {
    const line = text.slice(lineStartAt(text, start), start);
    return /^\s*(?:export\s+|set\s+)?$/.test(line) ? 'env' : 'form';
  }
  if (before === '"' || before === "'" || before === '\\') return style === 'colon' ? 'json' : 'code';
  if (before === '[' || style === 'length') return 'dump';
  return style === 'assign' ? 'code' : 'config';
}

export function isForm(text: string, start: number, at: number, limit: number): boolean {
  const before = text[start - 1];
  if (before === '&' || before === '?' || before === ';') return true;
  const space = text.slice(at, Math.min(limit, at + 300)).search(/\s/);
  const token = space < 0 ? text.slice(at, Math.min(limit, at + 300)) : text.slice(at, at + space);
  return /&[\w.%[\]-]{1,60}=/.test(token) || /;[\w ]{1,40}=/.test(token);
}

/** Offset of the quote that closes a string in which the name itself stands, else `limit`. */
export function outerClose(text: string, start: number, at: number, limit: number): number {
  const from = Math.max(lineStartAt(text, start), start - 400);
  let open = '';
  for (let i = from; i < at; i++) {
    const unit = text[i] ?? '';
    if (unit === '\\') i++;
    else if (open === '') {
      if ((unit === '"' || unit === '`' || unit === "'") && !(unit === "'" && LETTER.test(text[i - 1] ?? '')))
        open = unit;
    } else if (unit === open) open = '';
  }
  if (open === '') return limit;
  const last = Math.min(limit, at + MAX_OUTER);
  for (let i = at; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === open && !(open === "'" && LETTER.test(text[i + 1] ?? ''))) return i;
  }
  return limit;
}

/** Does the name open its line (after indents, list marks, prompts, declaration words)? */
export function isLineStart(text: string, start: number): boolean {
  const from = lineStartAt(text, start);
  if (start - from > 60) return false;
  return /^[\s>*#•|-]*(?:(?:export|set|setx|const|let|var|my|our|private|public|protected|static|final|def|\$env:|\d+[.)])\s*)*["'`$@:*[{(-]*(?:[\p{L}\d_]+[ _.-]){0,3}$/u.test(
    text.slice(from, start),
  );
}
