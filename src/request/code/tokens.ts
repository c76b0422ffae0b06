// Tokens of a snippet in any of the languages: words, numbers, strings, operators, line ends.

import type { Language } from './language';
import { proseEnd } from './prose';
import { HEREDOC, heredoc, readString, type Token } from './string-tokens';

const HASH_COMMENT = new Set<Language>(['python', 'ruby', 'perl', 'php', 'powershell']);

const NO_SLASH_COMMENT = new Set<Language>(['python', 'ruby', 'perl', 'powershell', 'vb']);

const OPERATORS = [
  '?->',
  '...',
  '===',
  '!==',
  '<=>',
  '??=',
  '**=',
  '=>',
  '->',
  '::',
  '?.',
  ':=',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '??',
  '+=',
  '-=',
  '.=',
  '*=',
  '/=',
  '|=',
  '++',
  '--',
  '<<',
  '=~',
];

/** Each is looked for in what follows, so a text full of their beginnings would be read over and over. */
const MOST_HERE = 40;

/** Tokens of `text` from `start` to `end`; never throws, linear. */
export function tokenize(text: string, start: number, end: number, language: Language): Token[] {
  const out: Token[] = [];
  /** Line ends behind which the text of a string stands that was opened before them, and where that ends. */
  const skips = new Map<number, number>();
  let heres = 0;
  let at = start;
  const word = language === 'powershell' ? /[A-Za-z_]\w*(?:-[A-Za-z]\w*)*/y : /[\p{L}_][\p{L}\p{N}_]*[?!]?/uy;
  const variable = language === 'powershell' ? /\$(?:\{[^}\n]*\}|(?:env:|script:|global:)?\w+|[?_])/y : /[$@]{1,2}\w+/y;
  const number = /\d[\d_]*(?:\.\d+)?\w*/y;
  const atLine = (from: number): number => {
    const begin = skipRepl(text, skipPrompt(text, from, language));
    return begin === from ? (proseEnd(text, from, end) ?? from) : begin;
  };
  at = atLine(at);
  while (at < end) {
    const c = text[at] ?? '';
    if (c === '\n') {
      out.push({ kind: 'nl', text: '\n', start: at, end: at + 1 });
      at = atLine(skips.get(at) ?? at + 1);
      continue;
    }
    if (/\s/.test(c)) {
      at++;
      continue;
    }
    const comment = commentEnd(text, at, end, language);
    if (comment !== null) {
      at = comment;
      continue;
    }
    const fence = c === '`' || c === '~' ? fenceEnd(text, at, end) : null;
    if (fence !== null) {
      at = fence;
      continue;
    }
    const here =
      HEREDOC.has(language) && text.startsWith('<<', at) && heres++ < MOST_HERE
        ? heredoc(text, at, end, language)
        : null;
    if (here !== null) {
      out.push(here.token);
      skips.set(here.from - 1, here.to);
      at = here.token.end;
      continue;
    }
    const string = readString(text, at, end, language);
    if (string !== null) {
      out.push(string);
      at = string.end;
      continue;
    }
    let re: RegExp | null = null;
    if ((c === '$' || c === '@') && /[\w{@?]/.test(text[at + 1] ?? '') && text.startsWith('@{', at) === false)
      re = variable;
    else if (/[0-9]/.test(c)) re = number;
    else if (/[\p{L}_]/u.test(c)) re = word;
    if (re !== null) {
      re.lastIndex = at;
      const m = re.exec(text);
      if (m !== null && m[0] !== '') {
        const stop = at + m[0].length;
        // A line end in a shell word and `x?y:z` are not part of a name.
        const cutBack = /[?!]$/.test(m[0]) && (language !== 'ruby' || text[stop] === '=' || text[stop] === '.') ? 1 : 0;
        out.push({
          kind: re === number ? 'num' : 'id',
          text: text.slice(at, stop - cutBack),
          start: at,
          end: stop - cutBack,
        });
        at = stop - cutBack;
        continue;
      }
    }
    if (text.startsWith('[redacted:', at)) {
      const close = text.indexOf(']', at);
      if (close > 0 && close - at < 60) {
        out.push({
          kind: 'str',
          text: '',
          start: at,
          end: close + 1,
          parts: [{ kind: 'text', text: text.slice(at, close + 1), start: at, end: close + 1 }],
        });
        at = close + 1;
        continue;
      }
    }
    if (c === '`' && language === 'powershell') {
      const line = /`[ \t]*\r?\n/y;
      line.lastIndex = at;
      at += line.exec(text)?.[0].length ?? 1;
      continue;
    }
    if (c === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      at += text[at + 1] === '\r' ? 3 : 2;
      continue;
    }
    const op = text.startsWith('@{', at)
      ? '@{'
      : text.startsWith('@(', at)
        ? '@('
        : (OPERATORS.find((o) => text.startsWith(o, at)) ?? c);
    out.push({ kind: 'op', text: op, start: at, end: at + op.length });
    at += op.length;
  }
  out.push({ kind: 'end', text: '', start: end, end });
  return out;
}

/** `PS C:\\>` at the beginning of a line. */
function skipPrompt(text: string, at: number, language: Language): number {
  if (language !== 'powershell') return at;
  const m = /[ \t]*PS(?: [^\n>]{0,80})?>[ \t]*/y;
  m.lastIndex = at;
  return at + (m.exec(text)?.[0].length ?? 0);
}

/** Prompts of interactive sessions and quoted mails at the beginning of a line. */
function skipRepl(text: string, at: number): number {
  const m = /(?:>>>|\.\.\.|>>|irb[^>\n]{0,20}>)[ \t]/y;
  m.lastIndex = at;
  return at + (m.exec(text)?.[0].length ?? 0);
}

/** A line of Markdown that opens or closes a block of code. */
function fenceEnd(text: string, at: number, end: number): number | null {
  const fence = /(?:`{3,}|~{3,})[ \t]*[\w+#.-]{0,20}[ \t]*\r?(?=\n|$)/y;
  fence.lastIndex = at;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const m = at - line < 8 && text.slice(line, at).trim() === '' ? fence.exec(text) : null;
  return m === null ? null : Math.min(end, at + m[0].length);
}

function commentEnd(text: string, at: number, end: number, language: Language): number | null {
  const c = text[at];
  const line = (): number => {
    const nl = text.indexOf('\n', at);
    return nl < 0 || nl > end ? end : nl;
  };
  if (c === '#' && HASH_COMMENT.has(language) && !(language === 'php' && text[at + 1] === '[')) return line();
  if (c === '/' && text[at + 1] === '/' && !NO_SLASH_COMMENT.has(language) && text[at - 1] !== ':') return line();
  if (c === '/' && text[at + 1] === '*') {
    const close = text.indexOf('*/', at + 2);
    return close < 0 || close > end ? end : close + 2;
  }
  if (c === '<' && text[at + 1] === '#' && language === 'powershell') {
    const close = text.indexOf('#>', at);
    return close < 0 ? end : close + 2;
  }
  return null;
}
