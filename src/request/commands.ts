// Finds shell commands of HTTP clients in a text and reads each with the parser of its client.

import { lineStartAt } from './lines';
import type { ParsedRequest, Value } from './model';
import { parseCurl } from './curl';
import { parseHttpie } from './httpie';
import { parseWget } from './wget';
import { readCommand, type Command, type Shell } from './shell-words';
import { joinValues, plainValue } from './value';

const START =
  /(^|[\s$>#%|;&(`"'“:\]])((?:curl|wget|https?|xhs?|httpie)(?:\.exe)?)(?=[ \t]+(?:["'“‘\\^`]|-|[A-Za-z$<%{]))/g;

/** Variables that a shell sets above: `NAME=value`, `export NAME=value`, `set NAME=value`, `$name = "value"`. */
const SETTING =
  /^[^\S\n]*(?:[^\n]{0,60}?[$#%>][ \t]+)?(?:export[ \t]+|set[ \t]+(?:"?)|setx[ \t]+|declare[ \t]+(?:-x[ \t]+)?|\$(?:env:)?)?([A-Za-z_]\w*)[ \t]?=[ \t]?("[^"\n]*"|'[^'\n]*'|[^\s"';&|]*)[ \t]*"?[ \t]*(?:;|&&|#.*)?$/gm;

function settings(text: string, end: number): Map<string, Value> {
  const out = new Map<string, Value>();
  SETTING.lastIndex = 0;
  const from0 = Math.max(0, end - 65_536);
  const head = text.slice(from0, end);
  for (let m = SETTING.exec(head); m !== null; m = SETTING.exec(head)) {
    const raw = m[2] ?? '';
    const from = from0 + m.index + m[0].indexOf(raw, m[0].indexOf('='));
    const quoted = /^["']/.test(raw);
    out.set(
      m[1] ?? '',
      plainValue(
        text,
        quoted ? from + 1 : from,
        from + raw.length - (quoted ? 1 : 0),
        raw.startsWith("'") ? 'none' : 'shell',
      ),
    );
  }
  return out;
}

/** Puts known variables into a value; the places stay those where the variable is used. */
function filled(value: Value, known: ReadonlyMap<string, Value>, depth = 0): Value {
  if (known.size === 0 || depth > 4 || !value.pieces.some((p) => p.kind === 'variable' && known.has(bare(p.text))))
    return value;
  const parts = value.pieces.map((p): Value => {
    const one = { pieces: [p], via: [], known: false, start: p.start, end: p.end };
    const found = p.kind === 'variable' ? known.get(bare(p.text)) : undefined;
    if (found === undefined) return one;
    const inner = filled(found, known, depth + 1);
    return {
      ...inner,
      pieces: inner.pieces.map((q) =>
        q.kind === 'secret' || q.kind === 'mask' ? p : { ...q, start: p.start, end: p.end },
      ),
    };
  });
  return joinValues(parts, value.start, value.end);
}

function bare(name: string): string {
  return name.replace(/^env:/i, '').replace(/[:?-].*$/, '');
}

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
    let command: Command = readCommand(text, from, stop, shellAt(text, from));
    budget -= command.end - from + 50;
    if (budget < 0) break;
    if (command.words.length < 2) continue;
    known ??= settings(text, end);
    if (known.size > 0)
      command = {
        ...command,
        words: command.words.map((w) => ({ ...w, value: filled(w.value, known ?? new Map<string, Value>()) })),
      };
    const request =
      word === 'curl' ? parseCurl(command) : word === 'wget' ? parseWget(command) : parseHttpie(command, word, text);
    if (request === null) continue;
    out.push(request);
    free = request.end - start;
    START.lastIndex = Math.max(START.lastIndex, free);
  }
  return out;
}

function commented(slice: string, at: number, length: number): boolean {
  const line = slice.slice(lineStartAt(slice, at), at);
  if (/^\s*#+\s*$/.test(line)) return length < 200_000 && /^[ \t]*(?:\$[ \t]*)?(?:curl|wget|https?)[ \t]/m.test(slice);
  return /^\s*(?:\/\/|\*\s)/.test(line);
}

/** End of a command that stands in quotes or backticks inside prose. */
function inlineEnd(text: string, from: number, end: number, quote: string): number {
  const line = text.indexOf('\n', from);
  const close = quote === '`' ? text.indexOf('`', from) : -1;
  const stop = line < 0 ? end : line;
  return close > 0 && close < stop ? close : end;
}
