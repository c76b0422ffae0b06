// Values that are put together from text, variables, removed secrets and masks: cutting, joining and reading them with offsets kept.

import type { Piece, PieceKind, Value } from './model';

/** Which variable spellings are seen in plain text. */
export type VariableStyle = 'none' | 'outer' | 'make' | 'holes' | 'shell' | 'cmd' | 'template';

const MARK: Readonly<Record<Exclude<PieceKind, 'text'>, string>> = {
  variable: '\uE000',
  secret: '\uE001',
  mask: '\uE002',
};
export const VARIABLE = MARK.variable;
export const SECRET = MARK.secret;
export const MASK = MARK.mask;

const PLACEHOLDER = String.raw`\[redacted:[^\]\s]{1,40}\]`;
const MASKS = String.raw`\*{3,}|[•●█▇■]{3,}|[xX]{6,}|<(?:redacted|hidden|removed|masked|secret removed|filtered|snip|REDACTED|HIDDEN|REMOVED|MASKED|FILTERED|Redacted|Hidden|Masked)>|\[(?:redacted|REDACTED|hidden|HIDDEN|masked|MASKED|removed|REMOVED|FILTERED|filtered)\]|\.\.\.|…`;
const VARIABLES: Readonly<Record<VariableStyle, string | null>> = {
  none: null,
  outer: String.raw`\$\{\{[^}\n]{1,120}\}\}`,
  make: String.raw`\$\{\{[^}\n]{1,120}\}\}|\$\([A-Za-z_][\w.]*\)|\$\{[A-Za-z_][\w.]*\}|\$\$\{?[A-Za-z_]\w*\}?`,
  holes: String.raw`\$\{?\{?[A-Za-z_][^}\s'"]{0,80}\}?\}?|\{[A-Za-z_][^{}\n]{0,80}\}|\{\d?\}|#\{[^}\n]{1,80}\}|%[sdv]`,
  shell:
    String.raw`\$\{\{[^}\n]{1,120}\}\}|\$[0-9@*]|\$\{[0-9@*A-Za-z_][^}\n]{0,60}\}|\$?\$[A-Za-z_]\w*|\$\([^)\n]{0,200}\)|` +
    '`[^`\\n]{1,200}`',
  cmd: String.raw`%[A-Za-z_]\w*%`,
  template: String.raw`\{\{[^}\n]{1,120}\}\}|\$\{[^}\n]{1,60}\}|%\([A-Za-z_]\w*\)s|<[a-z][a-z0-9_ -]{1,30}>`,
};
const SPLITTERS = new Map<VariableStyle, RegExp>();

function splitter(style: VariableStyle): RegExp {
  let re = SPLITTERS.get(style);
  if (re === undefined) {
    const variables = VARIABLES[style];
    re = new RegExp(`(${PLACEHOLDER})|(${MASKS})${variables === null ? '' : `|(${variables})`}`, 'g');
    SPLITTERS.set(style, re);
  }
  return re;
}

/** Name of a variable as written, without its brackets. */
function variableName(written: string): string {
  return written
    .replace(/^(?:\$\{\{|\$?\$\{|\$\(|\$\$|\{\{|#\{|%\(|[$%<`{])\s*/, '')
    .replace(/\s*(?:\}\}|\}|\)s|[)%>`])$/, '');
}

/** Pieces of plain text. `decoded` is given where the text carries escapes; it then counts as one whole. */
export function plainPieces(text: string, start: number, end: number, style: VariableStyle): Piece[] {
  const out: Piece[] = [];
  const re = splitter(style);
  const slice = text.slice(start, end);
  let at = 0;
  re.lastIndex = 0;
  for (let m = re.exec(slice); m !== null; m = re.exec(slice)) {
    if (m.index > at)
      out.push({ kind: 'text', text: slice.slice(at, m.index), start: start + at, end: start + m.index });
    const kind: PieceKind = m[1] !== undefined ? 'secret' : m[2] !== undefined ? 'mask' : 'variable';
    out.push({
      kind,
      text: kind === 'variable' ? variableName(m[0]) : m[0],
      start: start + m.index,
      end: start + m.index + m[0].length,
    });
    at = m.index + m[0].length;
  }
  if (at < slice.length) out.push({ kind: 'text', text: slice.slice(at), start: start + at, end });
  return out;
}

export function plainValue(text: string, start: number, end: number, style: VariableStyle): Value {
  return makeValue(plainPieces(text, start, end, style), start, end);
}

export function makeValue(pieces: readonly Piece[], start: number, end: number, via: readonly string[] = []): Value {
  return { pieces, start, end, via, known: !pieces.some((p) => p.kind === 'variable' || p.kind === 'mask') };
}

/** Literal text that stands at a place without being written there letter by letter. */
export function literalValueOf(text: string, at: { start: number; end: number }): Value {
  return makeValue([{ kind: 'text', text, start: at.start, end: at.end }], at.start, at.end);
}

/** A value of which nothing is seen but its name. */
export function unknownValue(name: string, start: number, end: number): Value {
  return makeValue([{ kind: 'variable', text: name, start, end }], start, end);
}

export function joinValues(values: readonly Value[], start: number, end: number): Value {
  return makeValue(
    values.flatMap((v) => v.pieces),
    start,
    end,
    values.flatMap((v) => v.via),
  );
}

/** One character for each character of text and one mark for each other piece. */
export function flat(value: Value): string {
  let out = '';
  for (const p of value.pieces) out += p.kind === 'text' ? p.text : MARK[p.kind];
  return out;
}

/** Part of a value by indices into {@link flat}. */
export function sliceValue(value: Value, from: number, to: number): Value {
  const pieces: Piece[] = [];
  let at = 0;
  let edge: number | null = null;
  for (const p of value.pieces) {
    const width = p.kind === 'text' ? p.text.length : 1;
    const a = Math.max(from, at);
    const b = Math.min(to, at + width);
    if (at <= from && from <= at + width && edge === null) edge = place(p, from - at);
    if (a < b) {
      pieces.push(
        p.kind === 'text'
          ? { kind: 'text', text: p.text.slice(a - at, b - at), start: place(p, a - at), end: place(p, b - at) }
          : p,
      );
    }
    at += width;
  }
  const first = pieces[0]?.start ?? edge ?? value.start;
  return makeValue(pieces, first, pieces.at(-1)?.end ?? first, value.via);
}

/** Place in the text of index `i` of a piece; exact where the piece has no escapes. */
function place(p: Piece, i: number): number {
  if (p.end - p.start === p.text.length) return p.start + i;
  if (i <= 0) return p.start;
  return i >= p.text.length ? p.end : Math.min(p.end, p.start + i);
}

/** Decodes percent triplets (and `+`) of text pieces; what does not decode stays. */
export function percentDecoded(value: Value): Value {
  if (!value.pieces.some((p) => p.kind === 'text' && /[%+]/.test(p.text))) return value;
  const pieces = value.pieces.map((p): Piece => {
    if (p.kind !== 'text') return p;
    try {
      return { ...p, text: decodeURIComponent(p.text.replace(/\+/g, ' ')) };
    } catch (error) {
      if (error instanceof URIError) return p;
      throw error;
    }
  });
  return makeValue(pieces, value.start, value.end, value.via);
}

const DISPLAYED = /&amp;|&#0?38;|&#x26;|\\u0026|\\\//gi;

/** As it was before a page or a log escaped it: `&` for `&amp;` and `\u0026`, `/` for `\/`. */
export function displayed(value: Value): Value {
  if (!value.pieces.some((p) => p.kind === 'text' && /[&\\]/.test(p.text))) return value;
  const pieces = value.pieces.flatMap((p): Piece[] => {
    if (p.kind !== 'text' || p.end - p.start !== p.text.length) return [p];
    const out: Piece[] = [];
    let at = 0;
    for (const m of p.text.matchAll(DISPLAYED)) {
      if (m.index > at)
        out.push({ ...p, text: p.text.slice(at, m.index), start: p.start + at, end: p.start + m.index });
      at = m.index + m[0].length;
      out.push({ ...p, text: m[0] === '\\/' ? '/' : '&', start: p.start + m.index, end: p.start + at });
    }
    out.push({ ...p, text: p.text.slice(at), start: p.start + at });
    return out.filter((x) => x.text !== '');
  });
  return makeValue(pieces, value.start, value.end, value.via);
}

/** Without blanks at both ends. */
export function trimmed(value: Value): Value {
  const s = flat(value);
  const from = s.length - s.trimStart().length;
  const to = s.trimEnd().length;
  return from === 0 && to === s.length ? value : sliceValue(value, from, Math.max(from, to));
}

/** Has a variable, mask or secret in it. */
export function holds(value: Value, kind: PieceKind): boolean {
  return value.pieces.some((p) => p.kind === kind);
}
