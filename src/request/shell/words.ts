// Words of a shell command with their pieces and places, for POSIX shells, cmd.exe and PowerShell; sees where a shell cuts the command.

import type { Edit, Piece, Span, Value } from '../model';
import { makeValue, plainPieces, type VariableStyle } from '../value';

export type Shell = 'posix' | 'cmd' | 'powershell';

export interface Word extends Span {
  readonly value: Value;
  /** Quote that encloses the whole word, '' where none or several. */
  readonly quote: '' | "'" | '"';
}

/** A place where the shell ends the command though the person did not mean it. */
export interface Cut extends Span {
  readonly kind: 'ampersand' | 'line' | 'quote';
  readonly edits: readonly Edit[];
}

export interface Command extends Span {
  readonly words: readonly Word[];
  readonly cuts: readonly Cut[];
  /** Edits that take continuation prompts (`>`, `>>`) out of a copy. */
  readonly prompts: readonly Edit[];
  readonly shell: Shell;
  /** The text in which it stands. */
  readonly text: string;
}

/** What stands around a command and changes how it is read. */
export interface Around {
  /** Columns of a YAML block that folds its lines into one: there a line end is a blank. */
  readonly folded: number | null;
  /** What fills variables in before the shell sees the command: make, a workflow's expressions, a program's string. */
  readonly outer: VariableStyle;
}

const CONTINUE: Readonly<Record<Shell, string>> = { posix: '\\', cmd: '^', powershell: '`' };
/** Continuation prompts, with the words that zsh puts before them. */
const PROMPT =
  /[ \t]*(?:(?:for|while|until|if|then|else|case|select|function|quote|dquote|bquote|pipe|cmdand|cmdor|cursh|subsh|heredoc)(?: \w+)*)?>{1,2}(?=[ \t])/y;
/** A line that can only be the rest of the command before it. */
const REST = /[ \t]*(?:[a-z ]{0,20}>{1,2}[ \t]+)?(?:-[A-Za-z]|--[a-z][a-z-]+)(?:[ \t=]|["'])/y;
const MAX = 16_000;

interface State {
  readonly text: string;
  readonly limit: number;
  readonly shell: Shell;
  readonly words: Word[];
  readonly cuts: Cut[];
  readonly prompts: Edit[];
  readonly around: Around;
}

const ALONE: Around = { folded: null, outer: 'outer' };

/** Reads one command from its first word to its end as it was meant; `cuts` says where the shell sees it otherwise. */
export function readCommand(text: string, start: number, end: number, shell: Shell, around = ALONE): Command {
  const st: State = { text, limit: Math.min(end, start + MAX), shell, words: [], cuts: [], prompts: [], around };
  let at = start;
  while (at < st.limit) {
    const next = step(st, at);
    if (next === null) break;
    at = next;
  }
  const last = st.words.at(-1);
  return { words: st.words, cuts: st.cuts, prompts: st.prompts, shell, text, start, end: last?.end ?? start };
}

/** Skips one separator or reads one word; null at the end of the command. */
function step(st: State, at: number): number | null {
  const { text, shell } = st;
  const c = text[at] ?? '';
  if (c === ' ' || c === '\t' || c === '\u00a0') return at + 1;
  if (c === '\r' && text[at + 1] === '\n') return step(st, at + 1);
  if (c === '\n') return lineEnd(st, at);
  const continued = continuation(st, at);
  if (continued !== null) return continued;
  if (c === '#' && shell !== 'cmd') return remark(st, at);
  if (c === ';' || c === '|' || c === '(' || c === ')') return null;
  if (c === '&') return null;
  if (c === '>' || c === '<') return /\n[ \t]*$/.test(text.slice(Math.max(0, at - 20), at)) ? at + 1 : redirect(st, at);
  if (c === '2' && text[at + 1] === '>') return redirect(st, at + 1);
  return word(st, at);
}

/** A line of the command that is commented out: the shell ends the command there, what follows is another. */
function remark(st: State, at: number): number | null {
  const { text } = st;
  const line = text.lastIndexOf('\n', at) + 1;
  const nl = text.indexOf('\n', at);
  if (st.words.length < 2 || nl < 0 || text.slice(line, at).trim() !== '') return null;
  REST.lastIndex = nl + 1;
  if (!REST.test(text)) return null;
  st.cuts.push({ kind: 'line', start: at, end: nl, edits: [{ start: line, end: nl + 1, text: '' }] });
  return nl + 1;
}

function redirect(st: State, at: number): number {
  const m = /[<>]{1,2}(?:&\d|[ \t]*[^\s;|&]*)/y;
  m.lastIndex = at;
  return at + (m.exec(st.text)?.[0].length ?? 1);
}

/** A continuation mark before a line end: of this shell (fine), of another shell or with blanks behind it (a cut). */
function continuation(st: State, at: number): number | null {
  const { text, shell } = st;
  const c = text[at] ?? '';
  if (c !== '\\' && c !== '^' && c !== '`') return null;
  const m = /[ \t]*\r?\n/y;
  m.lastIndex = at + 1;
  const gap = m.exec(text);
  if (gap === null) return null;
  const next = at + 1 + gap[0].length;
  const blanks = gap[0].replace(/\r?\n/, '');
  if (c !== CONTINUE[shell]) {
    REST.lastIndex = next;
    if (!REST.test(text) && !/^[ \t>]*["'h$-]/.test(text.slice(next, next + 12))) return null;
    st.cuts.push({
      kind: 'line',
      start: st.words[0]?.start ?? at,
      end: next,
      edits: [{ start: at, end: at + 1, text: CONTINUE[shell] }],
    });
  } else if (blanks !== '') {
    st.cuts.push({
      kind: 'line',
      start: st.words[0]?.start ?? at,
      end: next,
      edits: [{ start: at + 1, end: at + 1 + blanks.length, text: '' }],
    });
  }
  return skipPrompt(st, next);
}

function skipPrompt(st: State, at: number): number {
  PROMPT.lastIndex = at;
  const m = PROMPT.exec(st.text);
  if (m === null) return at;
  st.prompts.push({ start: at, end: at + m[0].length, text: '' });
  return at + m[0].length;
}

/** At a line end without continuation: goes on only where the next line is clearly the rest, which is a cut. */
function lineEnd(st: State, at: number): number | null {
  if (st.words.length < 2) return null;
  const { folded } = st.around;
  if (folded !== null) {
    const indent = /^[ \t]*(?=\S)/.exec(st.text.slice(at + 1, at + 200))?.[0].length ?? -1;
    return indent >= folded ? at + 1 : null;
  }
  REST.lastIndex = at + 1;
  if (!REST.test(st.text)) return null;
  let end = at;
  while (end > 0 && /[ \t\r]/.test(st.text[end - 1] ?? '')) end--;
  st.cuts.push({
    kind: 'line',
    start: st.words[0]?.start ?? at,
    end: at + 1,
    edits: [{ start: end, end: at, text: ` ${CONTINUE[st.shell]}` }],
  });
  return skipPrompt(st, at + 1);
}

const PLAIN: Readonly<Record<Shell, VariableStyle>> = { posix: 'shell', cmd: 'cmd', powershell: 'shell' };

function word(st: State, start: number): number {
  const { text, shell, limit } = st;
  const pieces: Piece[] = [];
  let at = start;
  let parts = 0;
  let quote: Word['quote'] = '';
  let ampersand = false;
  let plainFrom = at;
  const flush = (): void => {
    if (at > plainFrom) {
      pieces.push(
        ...unescaped(
          text,
          plainFrom,
          at,
          st.around.outer === 'holes' ? 'holes' : PLAIN[shell],
          shell === 'posix' ? /\\(?=[^\n])/g : shell === 'cmd' ? /\^(?=[^\n])/g : /`(?=[^\n])/g,
        ),
      );
      parts++;
    }
  };
  while (at < limit) {
    const c = text[at] ?? '';
    if (c === '[') {
      const m = /\[redacted:[^\]\s]{1,40}\]/y;
      m.lastIndex = at;
      const hit = m.exec(text);
      if (hit !== null) {
        at += hit[0].length;
        continue;
      }
    }
    if (/[\s]/.test(c)) break;
    if (c === ';' || c === '|' || c === ')' || ((c === '<' || c === '>') && !looksPlaceholder(text, at))) break;
    if (c === '&') {
      if (!/[\w$%{[]/.test(text[at + 1] ?? '') || !/[=?]/.test(text.slice(start, at))) break;
      ampersand = true;
      at++;
      continue;
    }
    if (c === CONTINUE[shell] && at + 1 < limit) {
      if (text[at + 1] === '\n' || /^[ \t]*\r?\n/.test(text.slice(at + 1, at + 12))) break;
      at += 2;
      continue;
    }
    const q = quoteOpen(c, shell);
    if (q === null) {
      at++;
      continue;
    }
    flush();
    const close = quoteClose(text, at + 1, limit, q, shell);
    pieces.push(...quoted(text, at + 1, close, q, shell, text[at - 1] === '$', st.around.outer));
    if (parts === 0 && at === start) quote = q === '"' || q === "'" ? q : '"';
    parts++;
    at = Math.min(limit, close + 1);
    plainFrom = at;
  }
  flush();
  if (at === start) return start + 1;
  const whole = parts === 1 ? quote : '';
  const w: Word = { start, end: at, quote: whole, value: makeValue(pieces, start, at) };
  st.words.push(w);
  if (ampersand) st.cuts.push({ kind: 'ampersand', start: start, end: at, edits: requote(w, text) });
  if (shell === 'cmd' && text[start] === "'") {
    const close = text.indexOf("'", start + 1);
    const lineStop = text.indexOf('\n', start);
    if (close > 0 && (lineStop < 0 || close < lineStop)) {
      const inside = text.slice(start + 1, close).replace(/"/g, '\\"');
      const merged: Word = {
        start,
        end: close + 1,
        quote: "'",
        value: makeValue(plainPieces(text, start + 1, close, 'cmd'), start, close + 1),
      };
      st.words[st.words.length - 1] = merged;
      if (ampersand) st.cuts.pop();
      st.cuts.push({ kind: 'quote', start, end: close + 1, edits: [{ start, end: close + 1, text: `"${inside}"` }] });
      return close + 1;
    }
  }
  return at;
}

function looksPlaceholder(text: string, at: number): boolean {
  return text[at] === '<' && /^<[\w -]{1,30}>/.test(text.slice(at, at + 34));
}

function quoteOpen(c: string, shell: Shell): '"' | "'" | '”' | '’' | null {
  if (c === '"') return '"';
  if (c === "'" && shell !== 'cmd') return "'";
  if (c === '“' || c === '”') return '”';
  if (c === '‘' || c === '’') return '’';
  return null;
}

function quoteClose(text: string, from: number, limit: number, q: string, shell: Shell): number {
  const escape = q !== '"' ? '' : shell === 'powershell' ? '`' : '\\';
  for (let i = from; i < limit; i++) {
    const c = text[i];
    if (escape !== '' && c === escape) i++;
    else if (q === '"' && shell === 'posix' && c === '$' && text[i + 1] === '(') i = substitutionEnd(text, i, limit);
    else if (c === q) {
      if (shell === 'powershell' && text[i + 1] === q) i++;
      else return i;
    } else if (c === '\n' && text[i + 1] === '\n') return i;
  }
  return limit;
}

/** Closing bracket of `$(…)`, with quotes inside it. */
function substitutionEnd(text: string, at: number, limit: number): number {
  const inside = /^\$\((?:[^()"'\n]|"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)){0,400}\)/.exec(
    text.slice(at, Math.min(limit, at + 600)),
  );
  return inside === null ? at : at + inside[0].length - 1;
}

function quoted(
  text: string,
  start: number,
  end: number,
  q: string,
  shell: Shell,
  ansi: boolean,
  outer: VariableStyle,
): Piece[] {
  if (q === "'" && !ansi) return plainPieces(text, start, end, outer);
  if (q === "'") return unescaped(text, start, end, 'none', /\\(?=.)/g);
  if (shell === 'cmd') return unescaped(text, start, end, 'cmd', /\\(?=")/g);
  if (shell === 'powershell') return unescaped(text, start, end, 'shell', /`(?=.)|\\(?=")/g);
  return unescaped(text, start, end, outer === 'holes' ? outer : 'shell', /\\(?=["\\$`])/g);
}

/** Pieces of a stretch with escape characters taken out, each remaining run with its own place. */
function unescaped(text: string, start: number, end: number, style: VariableStyle, escape: RegExp): Piece[] {
  const out: Piece[] = [];
  const slice = text.slice(start, end);
  let at = 0;
  escape.lastIndex = 0;
  for (let m = escape.exec(slice); m !== null; m = escape.exec(slice)) {
    if (m.index < at) continue;
    out.push(...plainPieces(text, start + at, start + m.index, style));
    out.push({ kind: 'text', text: slice[m.index + 1] ?? '', start: start + m.index, end: start + m.index + 2 });
    at = m.index + 2;
    escape.lastIndex = at;
  }
  out.push(...plainPieces(text, start + at, end, style));
  return out;
}

function requote(w: Word, text: string): Edit[] {
  return [{ start: w.start, end: w.end, text: `"${text.slice(w.start, w.end).replace(/["']/g, '')}"` }];
}
