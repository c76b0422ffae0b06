// Writes a value as an expression of the snippet's language.

import type { Language } from './language';
import type { Value } from '../model';

const CONCAT: Readonly<Partial<Record<Language, string>>> = { php: ' . ', perl: ' . ', vb: ' & ' };

/** A string literal. `quote` is the one that the person uses. */
export function literal(text: string, quote: string): string {
  const q = quote.includes("'") ? "'" : quote.includes('`') ? '`' : '"';
  return q + text.replace(/\\/g, '\\\\').replaceAll(q, `\\${q}`) + q;
}

/** The value in the language's own way: a literal, a template or a concatenation. */
export function render(value: Value, language: Language, quote: string): string {
  const runs = merged(value);
  if (!runs.some((r) => r.variable))
    return literal(
      runs.map((r) => r.text).join(''),
      language === 'java' ||
        language === 'go' ||
        language === 'csharp' ||
        language === 'kotlin' ||
        language === 'rust' ||
        language === 'swift' ||
        language === 'vb'
        ? '"'
        : quote,
    );
  const only = runs.length === 1 ? runs[0] : undefined;
  if (only !== undefined) return only.text;
  switch (language) {
    case 'js':
      return '`' + runs.map((r) => (r.variable ? `\${${r.text}}` : r.text.replace(/[`\\]/g, '\\$&'))).join('') + '`';
    case 'ruby':
      return '"' + runs.map((r) => (r.variable ? `#{${r.text}}` : r.text.replace(/["\\]/g, '\\$&'))).join('') + '"';
    case 'powershell':
      return (
        '"' +
        runs
          .map((r) =>
            r.variable
              ? /^\$env:\w+$/i.test(r.text)
                ? `\${${r.text.slice(1)}}`
                : `$(${r.text})`
              : r.text.replace(/"/g, '`"'),
          )
          .join('') +
        '"'
      );
    case 'kotlin':
    case 'dart':
      return '"' + runs.map((r) => (r.variable ? `\${${r.text}}` : r.text.replace(/["\\$]/g, '\\$&'))).join('') + '"';
    case 'swift':
      return '"' + runs.map((r) => (r.variable ? `\\(${r.text})` : r.text.replace(/["\\]/g, '\\$&'))).join('') + '"';
    case 'rust':
      return `format!("${runs.map((r) => (r.variable ? '{}' : r.text)).join('')}", ${runs
        .filter((r) => r.variable)
        .map((r) => r.text)
        .join(', ')})`;
    default: {
      const glue = CONCAT[language] ?? ' + ';
      const q = language === 'python' || language === 'php' || language === 'perl' ? quote : '"';
      return runs.map((r) => (r.variable ? r.text : literal(r.text, q))).join(glue);
    }
  }
}

function merged(value: Value): { text: string; variable: boolean }[] {
  const out: { text: string; variable: boolean }[] = [];
  for (const p of value.pieces) {
    const variable = p.kind === 'variable';
    const last = out.at(-1);
    if (last !== undefined && !last.variable && !variable) last.text += p.text;
    else out.push({ text: p.text, variable });
  }
  return out;
}
