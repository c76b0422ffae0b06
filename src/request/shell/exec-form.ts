// Commands as lists of words, `CMD ["curl", "-H", …]`, `subprocess.run(["curl", …])`: no shell reads them.

import type { Edit, ParsedRequest, Value } from '../model';
import { plainText } from '../draft';
import { flat, makeValue, plainPieces, unknownValue } from '../value';
import { parseCurl } from './curl';
import { parseWget } from './wget';
import type { Command, Word } from './words';

const OPEN = /\[\s*(["'])(?:\/usr\/bin\/)?(curl|wget)\1\s*,/g;
const ITEM = /\s*(?:([fFrRbBuU]?)(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|([^\s,\]"'][^,\]\n]*))\s*(,|\])/y;
const MOST_WORDS = 200;
/** An image's own instructions: nothing fills a variable in, not before and not when they run. */
const LITERAL = /^[ \t]*(?:CMD|ENTRYPOINT|RUN|HEALTHCHECK\b[^\n]*\bCMD|[^\n]*\\\n[ \t]*CMD)[ \t]*$/;

/** All commands of that kind in order. */
export function execRequests(text: string, start: number, end: number): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  OPEN.lastIndex = start;
  for (let m = OPEN.exec(text); m !== null && m.index < end && out.length < 50; m = OPEN.exec(text)) {
    const command = listed(text, m.index, end);
    if (command === null) continue;
    const request = m[2] === 'curl' ? parseCurl(command) : parseWget(command);
    if (request !== null) out.push(rewritten(request, command, text));
  }
  return out;
}

function listed(text: string, open: number, end: number): Command | null {
  const before = text.slice(text.lastIndexOf('\n', text.lastIndexOf('\n', open) - 1) + 1, open);
  const literal = LITERAL.test(before.slice(before.lastIndexOf('\n') + 1)) || LITERAL.test(before);
  const words: Word[] = [];
  let at = open + 1;
  while (words.length < MOST_WORDS) {
    ITEM.lastIndex = at;
    const m = ITEM.exec(text);
    if (m === null || ITEM.lastIndex > end) return null;
    const from = at + m[0].length - m[0].trimStart().length;
    const to = ITEM.lastIndex - (m[5] ?? '').length;
    const stop = from + text.slice(from, to).trimEnd().length;
    words.push({ start: from, end: stop, quote: '"', value: valueOf(text, from, stop, m, literal) });
    at = ITEM.lastIndex;
    if (m[5] === ']') break;
  }
  return { words, cuts: [], prompts: [], shell: 'posix', text, start: open, end: at };
}

function valueOf(text: string, from: number, stop: number, m: RegExpExecArray, literal: boolean): Value {
  if (m[4] !== undefined) return unknownValue(m[4].trim(), from, stop);
  const [a, b] = [from + (m[1] ?? '').length + 1, stop - 1];
  const pieces = literal
    ? plainPieces(text, a, b, 'none')
    : plainPieces(text, a, b, 'shell').flatMap((p) =>
        p.kind === 'text' ? plainPieces(text, p.start, p.end, 'template') : [p],
      );
  const holes = /f/i.test(m[1] ?? '') || !literal;
  return makeValue(
    holes ? pieces.flatMap((p) => (p.kind === 'text' && /\{\w[^{}]*\}|%s/.test(p.text) ? braces(p) : [p])) : pieces,
    from,
    stop,
  );
}

function braces(p: Value['pieces'][number]): Value['pieces'] {
  const out: Value['pieces'][number][] = [];
  let at = 0;
  for (const m of p.text.matchAll(/\{\w[^{}]*\}|%s/g)) {
    out.push({ ...p, text: p.text.slice(at, m.index), start: p.start + at, end: p.start + m.index });
    at = m.index + m[0].length;
    out.push({ kind: 'variable', text: m[0].replace(/[{}]/g, ''), start: p.start + m.index, end: p.start + at });
  }
  out.push({ ...p, text: p.text.slice(at), start: p.start + at });
  return out.filter((q) => q.text !== '');
}

/** Edits in the notation of the list; what needs a shell to fill it in is written as a line of one. */
function rewritten(request: ParsedRequest, command: Command, text: string): ParsedRequest {
  const item = (name: string, v: Value): string => JSON.stringify(`${name}: ${plainText(v)}`);
  const inShell = (name: string, v: Value, at: number): Edit[] => {
    const line = command.words.map((w, i) => {
      const header = command.words[i - 1] !== undefined && w.start <= at && at < w.end;
      const s = header
        ? `${name}: ${v.pieces.map((p) => (p.kind === 'variable' ? `$${p.text}` : p.text)).join('')}`
        : text.slice(w.start + 1, w.end - 1);
      return /^[\w./:-]+$/.test(s) ? s : `"${s.replace(/"/g, '\\"')}"`;
    });
    return [{ start: command.start, end: command.end, text: line.join(' ') }];
  };
  return {
    ...request,
    headers: request.headers.map((h) => {
      const word = command.words.findLast((w) => w.start >= h.start && w.end <= h.end);
      return {
        ...h,
        write: (name, v) =>
          word === undefined
            ? null
            : v.pieces.some((p) => p.kind === 'variable') && v !== h.value && /[$]/.test(flat(h.value))
              ? inShell(name, v, word.start)
              : [{ start: word.start, end: word.end, text: item(name, v) }],
      };
    }),
    credentials: request.credentials.map((c) => ({
      ...c,
      write: (name, v) => [{ start: c.start, end: c.end, text: `"-H", ${item(name, v)}` }],
    })),
    addHeader: (name, v) => {
      const last = request.headers.at(-1)?.end ?? command.words[0]?.end ?? command.start;
      return [{ start: last, end: last, text: `, "-H", ${item(name, v)}` }];
    },
  };
}
