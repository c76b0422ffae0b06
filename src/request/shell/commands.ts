// Finds shell commands of HTTP clients in a text and reads each with the parser of its client.

import { lineStartAt } from '../lines';
import type { ParsedRequest, Value } from '../model';
import { parseCurl } from './curl';
import { parseHttpie } from './httpie';
import { parseWget } from './wget';
import { curlrcRequests } from './curlrc';
import { execRequests } from './exec-form';
import { filled, handedOver, settings } from './settings';
import { type Around, readCommand, type Command, type Shell } from './words';

const START =
  /(^|[\s$>#%|;&(`"'“:\]@])((?:curl|wget|https?|xhs?|httpie)(?:\.exe)?)(?=[ \t]+(?:["'“‘\\^`]|-|[A-Za-z$<%{]))/g;

function shellAt(text: string, at: number): Shell {
  const lineStart = lineStartAt(text, at);
  const before = text.slice(lineStart, at);
  if (/PS\s[^\n>]*>|^\s*PS>/.test(before)) return 'powershell';
  if (/^\s*[A-Za-z]:\\[^\n>]*>/.test(before)) return 'cmd';
  if (/[$#%]\s*$|[$#]\s/.test(before)) return 'posix';
  const rest = text.slice(at, at + 1_500);
  if (/\^[ \t]*\r?\n/.test(rest)) return 'cmd';
  if (text[at - 1] !== '`' && /[^`\n]`[ \t]*\r?\n[ \t]*(?:>>[ \t]*)?[-"'$h]/.test(rest)) return 'powershell';
  if (/curl\.exe$/i.test(text.slice(at, at + 8)) && /^PS /m.test(text)) return 'powershell';
  return 'posix';
}

/** All commands in order. A command that is only spoken of (`curl works`) is none. */
export function commandRequests(text: string, start: number, end: number): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  const slice = text.slice(start, end);
  let free = 0;
  let budget = 300_000;
  let known: Map<string, Value> | null = null;
  START.lastIndex = 0;
  for (let m = START.exec(slice); m !== null; m = START.exec(slice)) {
    const at = m.index + (m[1] ?? '').length;
    if (at < free || commented(slice, at, end - start)) continue;
    const from = start + at;
    const word = (m[2] ?? '').toLowerCase().replace('.exe', '');
    const quote = m[1] === '`' || m[1] === '"' || m[1] === "'" ? m[1] : null;
    const stop = quote === null ? end : inlineEnd(text, from, end, quote);
    let command: Command = readCommand(text, from, stop, shellAt(text, from), aroundOf(text, from, quote));
    budget -= command.end - from + 50;
    if (budget < 0) break;
    if (command.words.length < 2) continue;
    known ??= settings(text, end);
    const all = new Map([
      ...known,
      ...(/\$\{?[1-9]/.test(text.slice(from, command.end)) ? handedOver(text, from) : []),
    ]);
    if (all.size > 0)
      command = { ...command, words: command.words.map((w) => ({ ...w, value: filled(w.value, all) })) };
    const request =
      word === 'curl' ? parseCurl(command) : word === 'wget' ? parseWget(command) : parseHttpie(command, word, text);
    if (request === null) continue;
    out.push(request);
    free = request.end - start;
    START.lastIndex = Math.max(START.lastIndex, free);
  }
  const beside = [...execRequests(text, start, end), ...curlrcRequests(text, start, end)];
  out.push(...beside.filter((r) => !out.some((o) => o.start < r.end && r.start < o.end)));
  return out.sort((a, b) => a.start - b.start);
}

const RECIPE = /^\t[ \t]*[@-]*$/;
const MAKEFILE = /^[\w.%/-]+:(?!=)[^\n=]*\n\t|^\.PHONY|^[A-Z_]+[ \t]*:=/m;
/** `run: >-`: a block whose lines are one. */
const FOLDED = /(?:^|\n)([ \t]*)[^\n]*:[ \t]*(?:!!\w+ )?>[-+]?[ \t]*\n[ \t]*$/;

function aroundOf(text: string, at: number, quote: string | null): Around {
  const before = text.slice(Math.max(0, at - 300), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const folded = FOLDED.test(before) ? line.length : null;
  const make = RECIPE.test(line) && MAKEFILE.test(text.slice(Math.max(0, at - 8_000), at));
  const inside = quote === '"' || quote === "'";
  return { folded, outer: make ? 'make' : inside ? 'holes' : 'outer' };
}

function commented(slice: string, at: number, length: number): boolean {
  const line = slice.slice(lineStartAt(slice, at), at);
  if (/^\s*#+\s*$/.test(line)) return length < 200_000 && /^[ \t]*(?:\$[ \t]*)?(?:curl|wget|https?)[ \t]/m.test(slice);
  return /^\s*(?:\/\/|\*\s)/.test(line);
}

/** End of a command that stands in quotes or backticks, inside prose or as a string of a program. */
function inlineEnd(text: string, from: number, end: number, quote: string): number {
  const line = text.indexOf('\n', from);
  const stop = line < 0 ? end : line;
  const close = quote === '`' ? text.indexOf('`', from) : stringClose(text, from, stop, quote);
  return close > 0 && close < stop ? close : end;
}

/** Where the string ends in which the command stands: a quote that no word follows. */
function stringClose(text: string, from: number, stop: number, quote: string): number {
  for (let i = from; i < stop; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote && /^["'][ \t]*(?:[,;.)\]+%]|$)/.test(text.slice(i, i + 8).split('\n')[0] ?? '')) {
      // A quote of the shell's own ends a word in the same way: there must be as many of them before.
      const before = text.slice(from, i).split(quote).length - 1;
      if (before % 2 === 0) return i;
    }
  }
  return -1;
}
