// Headers that stand in a text as pairs, in whatever notation, and how another one is written beside them.

import type { RequestDraft } from '../draft';
import { lineStartAt } from '../lines';
import type { Edit, Header, Piece, Span, Value } from '../model';
import { writeStatement } from './header-statements';
import type { LooseNames } from './names';
import { repeatPair, writePair } from './pair-edits';
import type { Pair } from './pair-values';
import { findPairs } from './pairs';

/** Header names, and what people make of them. */
const HEADER_NAME = /\bauth\w*|content[-_]?type|(?<![\w-])x-[\w-]+|api[-_]?key|\btoken\b|\baccept\b/;

/** Text of a value in a notation that is not known: variables as they stand there. */
export function written(text: string, value: Value): string {
  const opens = (p: Piece): string => text.slice(p.start, p.start + 2);
  const hash = value.pieces.some((p) => p.kind === 'variable' && opens(p) === '#{');
  return value.pieces
    .map((p) => {
      if (p.kind !== 'variable' || p.end <= p.start) return p.text;
      if (hash && opens(p) !== '#{') return `#{${/^[A-Z_]+$/.test(p.text) ? `System.get_env("${p.text}")` : p.text}}`;
      return /^[{$%<#]/.test(opens(p)) ? text.slice(p.start, p.end) : `{{${p.text}}}`;
    })
    .join('');
}

export function headerOf(text: string, pair: Pair, names: LooseNames): Header {
  const name = pair.name.replace(/_/g, '-').replace(/^ContentType(?:Header)?$/i, 'Content-Type');
  return {
    name,
    nameSpan: pair.nameSpan,
    value: pair.value,
    start: pair.start,
    end: pair.end,
    write: (n, v) =>
      rewritten(pair, n.toLowerCase() === name.toLowerCase() ? pair.name : n, v, names) ??
      writePair(
        quotedPair(text, pair, v, names),
        n.toLowerCase() === name.toLowerCase() ? pair.name : n,
        textOf(text, pair, v, names),
      ),
  };
}

/** A pair whose value is an expression: another name, and another expression where the value changes. */
function rewritten(pair: Pair, name: string, value: Value, names: LooseNames): Edit[] | null {
  if (pair.inner !== null || pair.unit.end !== pair.value.end) return null;
  const renamed: Edit[] = name === pair.name ? [] : [{ ...pair.nameSpan, text: name }];
  if (value === pair.value) return renamed;
  const expression = names.render(value, '"');
  return expression === null ? null : [...renamed, { start: pair.value.start, end: pair.value.end, text: expression }];
}

/** Header pairs of a stretch, those of other kinds left out. */
export function looseHeaders(text: string, start: number, end: number, names: LooseNames): Pair[] {
  return findPairs(text, start, end, HEADER_NAME, (name, quoted, at) => {
    if (/^[ \t]*(?:\/\/|\*[ \t]|--[ \t])/.test(text.slice(lineStartAt(text, at), at))) return false;
    const n = name.toLowerCase().replace(/_/g, '-');
    return (
      /^(?:accept|x-[\w-]+|user-agent|content-?type(?:header)?)$/.test(n) ||
      (names.isHeader(n) && (quoted || n.length > 8 || n.includes('-')))
    );
  });
}

export function takeHeaders(text: string, draft: RequestDraft, pairs: readonly Pair[], names: LooseNames): void {
  draft.headers.push(...pairs.map((p) => headerOf(text, p, names)));
  const place = pairs.at(-1);
  if (place !== undefined) draft.headerPlace = { start: place.start, end: place.end };
  draft.addHeader = (name, value) => besides(text, pairs, name, value, names);
}

/** Another header in the notation of one that is there. */
export function besides(
  text: string,
  pairs: readonly Pair[],
  name: string,
  value: Value,
  names: LooseNames,
): Edit[] | null {
  const model = pairs.find((p) => p.inner !== null && /^content/i.test(p.name)) ?? pairs.find((p) => p.inner !== null);
  if (model?.inner == null) return null;
  return repeatPair(text, quotedPair(text, model, value, names), name, textOf(text, model, value, names));
}

/** A statement that sets the header on the object that is sent. */
export function statement(text: string, scope: Span, name: string, value: Value, names: LooseNames): Edit[] | null {
  const expression = names.render(value, '"');
  return expression === null ? null : writeStatement(text, scope, name, expression);
}

/** The text that stands for a value in the place of a pair's own. */
function textOf(text: string, pair: Pair, value: Value, names: LooseNames): string {
  const expression = expressionFor(text, pair, value, names);
  if (expression !== null) return expression;
  const plain = written(text, value);
  // YAML takes a bare `{{` for a map of its own.
  const bare =
    pair.inner !== null && !/["'`]/.test(text[pair.inner.start - 1] ?? '') && text[pair.nameSpan.end] === ':';
  return bare && plain.startsWith('{{') ? `"${plain}"` : plain;
}

function expressionFor(text: string, pair: Pair, value: Value, names: LooseNames): string | null {
  const quote = pair.inner === null ? '' : (text[pair.inner.start - 1] ?? '');
  const whole =
    /["'`]/.test(quote) &&
    pair.inner !== null &&
    text[pair.inner.end] === quote &&
    pair.nameSpan.end < pair.inner.start - 1 &&
    text.slice(pair.nameSpan.end, pair.inner.start).includes(quote);
  return whole && value.pieces.some((p) => p.kind === 'variable') ? names.render(value, quote) : null;
}

/** The pair with its quotes as part of the value, where an expression takes the place of a string. */
function quotedPair(text: string, pair: Pair, value: Value, names: LooseNames): Pair {
  if (pair.inner === null || expressionFor(text, pair, value, names) === null) return pair;
  return { ...pair, inner: { start: pair.inner.start - 1, end: pair.inner.end + 1 } };
}
