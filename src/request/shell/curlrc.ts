// Options of curl in a file, `url = "…"`, `header = "…"`: one a line, read as the command that takes them.

import type { Edit, ParsedRequest, Value } from '../model';
import { plainText } from '../draft';
import { plainValue } from '../value';
import { parseCurl } from './curl';
import type { Command, Word } from './words';

const LINE = /^[ \t]*(?:--?)?([a-zA-Z][\w-]*)(?:[ \t]*[=:][ \t]*|[ \t]+)?(?:"([^"\n]*)"|(\S[^\n]*?))?[ \t]*$/;
const ADDRESS = /^[ \t]*(?:--)?url[ \t]*[=:]?[ \t]*"?https?:\/\//gm;
/** Options without which a list of settings is no file of curl's. */
const KNOWN =
  /^(?:url|user|header|data|data-raw|request|get|silent|show-error|fail|location|connect-timeout|max-time|output|user-agent|proxy|compressed|include|verbose|insecure|[HudXGsSfLoAxikv])$/;

/** Any program may keep `url` and `user` in a file; curl's has header lines, or the text says whose it is. */
const SAID = /^[ \t]*(?:--)?header[ \t]*[=:]?[ \t]*"[\w-]+:|curlrc|\bcurl\b[^\n]*(?:-K|--config)\b/m;

/** All files of that kind in order. */
export function curlrcRequests(text: string, start: number, end: number): ParsedRequest[] {
  const out: ParsedRequest[] = [];
  if (!SAID.test(text)) return out;
  ADDRESS.lastIndex = start;
  for (let m = ADDRESS.exec(text); m !== null && m.index < end && out.length < 20; m = ADDRESS.exec(text)) {
    const command = fileAround(text, m.index, end);
    if (command === null) continue;
    const request = parseCurl(command);
    if (request === null) continue;
    out.push(inFile(request, text));
    ADDRESS.lastIndex = Math.max(ADDRESS.lastIndex, command.end);
  }
  return out;
}

function fileAround(text: string, at: number, end: number): Command | null {
  let from = at;
  for (let i = 0; i < 30 && from > 0; i++) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    if (!isOption(text.slice(before, from - 1))) break;
    from = before;
  }
  const words: Word[] = [{ start: from, end: from, quote: '', value: plainValue(text, from, from, 'none') }];
  let options = 0;
  let last = from;
  for (let line = from, i = 0; line < end && i < 60; i++) {
    const nl = text.indexOf('\n', line);
    const stop = nl < 0 || nl > end ? end : nl;
    const raw = text.slice(line, stop);
    const m = isOption(raw) ? LINE.exec(raw) : null;
    if (m?.[1] !== undefined) {
      options++;
      const nameAt = line + raw.indexOf(m[1]);
      const flag = m[1].length === 1 ? `-${m[1]}` : `--${m[1]}`;
      const value = m[2] ?? m[3];
      const name = { start: nameAt, end: nameAt + m[1].length };
      words.push({ ...name, quote: '', value: spelt(flag, name) });
      if (value !== undefined) {
        const valueAt = line + raw.lastIndexOf(value);
        const quoted = m[2] !== undefined;
        const inner = plainValue(text, valueAt, valueAt + value.length, 'none');
        words.push({
          start: valueAt - (quoted ? 1 : 0),
          end: valueAt + value.length + (quoted ? 1 : 0),
          quote: '"',
          value: inner,
        });
      }
      last = stop;
    } else if (!/^[ \t]*#/.test(raw)) break;
    if (nl < 0) break;
    line = nl + 1;
  }
  return options < 2 ? null : { words, cuts: [], prompts: [], shell: 'posix', text, start: from, end: last };
}

function spelt(flag: string, at: { start: number; end: number }): Value {
  return { pieces: [{ kind: 'text', text: flag, ...at }], via: [], known: true, ...at };
}

function isOption(line: string): boolean {
  const m = LINE.exec(line);
  return (
    m?.[1] !== undefined &&
    KNOWN.test(m[1]) &&
    !/[{}[\]]\s*$/.test(line) &&
    !/^[ \t]*[\w-]+[ \t]+[\w-]+[ \t]+\w/.test(line)
  );
}

/** Edits in the notation of the file. */
function inFile(request: ParsedRequest, text: string): ParsedRequest {
  const line = (name: string, v: Value): string => `header = "${name}: ${plainText(v)}"`;
  const lineEnd = (at: number): number => {
    const nl = text.indexOf('\n', at);
    return nl < 0 ? text.length : nl;
  };
  return {
    ...request,
    // Whatever else the command line adds is not in view.
    headers: request.headers.map((h) => ({
      ...h,
      write: (n, v) => [{ start: h.start, end: h.end, text: line(n, v) }],
    })),
    credentials: request.credentials.map((c) => ({
      ...c,
      write: (n, v): Edit[] => [{ start: c.start, end: c.end, text: line(n, v) }],
    })),
    addHeader: (n, v) => {
      const at = lineEnd(request.headers.at(-1)?.end ?? request.url?.end ?? request.end);
      return [{ start: at, end: at, text: `\n${line(n, v)}` }];
    },
  };
}
