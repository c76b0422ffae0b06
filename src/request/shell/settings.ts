// Variables that the lines around a command give a value: shells, make, arrays with names, and what a function's callers hand over.

import type { Value } from '../model';
import { flat, joinValues, plainValue } from '../value';
import { looksUrl } from './curl';

/** `NAME=value`, `export NAME=value`, `set NAME=value`, `NAME := value`, `$name = "value"`, `local name=value`. */
const SETTING =
  /^[^\S\n]*(?:[^\n]{0,60}?[$#%>][ \t]+)?(?:(?:export|local|readonly|typeset|declare)[ \t]+(?:-\w+[ \t]+)?|set[ \t]+(?:"?)|setx[ \t]+|ENV[ \t]+|\$(?:env:)?)?([A-Za-z_]\w*)[ \t]*(?::|\?)?=[ \t]?("[^"\n]*"|'[^'\n]*'|\$\([^\n]*\)|[^\s"';&|]*)[ \t]*"?[ \t]*(?:;|&&|#.*)?$/gm;
/** fish: `set -l NAME value`. */
const FISH = /^[ \t]*set[ \t]+(?:-\w+[ \t]+)*([A-Za-z_]\w*)[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s"';&|(]+)[ \t]*$/gm;
/** `cfg=( base http://… )`, `declare -A cfg=([base]=http://…)`. */
const ARRAY = /^[ \t]*(?:(?:typeset|declare|local)[ \t]+-\w*A\w*[ \t]+)([A-Za-z_]\w*)=\(([^()]{1,2000})\)/gm;
const ROW = /\[?([A-Za-z_]\w*)\]?(?:=|[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s"'()]+)/g;
/** `$(printf %s "$user:$secret" | base64)`: what the variable holds is encoded. */
const ECHOED =
  /(\$\(|`)[ \t]*(?:echo|printf)(?:[ \t]+(?:-\w+|'?%s'?|"%s"))*[ \t]+["']?([^"'|\n]{1,200}?)["']?[ \t]*\|[ \t]*(?:openssl[ \t]+(?:base64|enc[^|)]*-base64)|base64)\b/;
const REACH = 65_536;
const MOST_CALLS = 400;

/** All settings of the text before `end`, by name. */
export function settings(text: string, end: number): Map<string, Value> {
  const out = new Map<string, Value>();
  const from0 = Math.max(0, end - REACH);
  const head = text.slice(from0, end);
  const put = (name: string, raw: string, from: number): void => {
    const quoted = /^["']/.test(raw);
    const [a, b] = quoted ? [from + 1, from + raw.length - 1] : [from, from + raw.length];
    const echoed = ECHOED.exec(raw);
    if (echoed?.[2] !== undefined) {
      const inside = from + echoed.index + echoed[0].indexOf(echoed[2], echoed[1]?.length ?? 0);
      out.set(name, { ...plainValue(text, inside, inside + echoed[2].length, 'shell'), via: ['base64'] });
    } else out.set(name, plainValue(text, a, b, raw.startsWith("'") ? 'none' : 'shell'));
  };
  for (const re of [SETTING, FISH])
    for (const m of head.matchAll(re)) {
      const raw = m[2] ?? '';
      const behind = m[0].indexOf(m[1] ?? '') + (m[1] ?? '').length;
      put(m[1] ?? '', raw, from0 + m.index + m[0].indexOf(raw, behind + 1));
    }
  for (const m of head.matchAll(ARRAY)) {
    const inside = from0 + m.index + m[0].indexOf('(') + 1;
    for (const row of (m[2] ?? '').matchAll(ROW))
      put(`${m[1] ?? ''}[${row[1] ?? ''}]`, row[2] ?? '', inside + row.index + row[0].lastIndexOf(row[2] ?? ''));
  }
  return out;
}

const FUNCTION =
  /^[ \t]*(?:function[ \t]+([A-Za-z_][\w-]*)[ \t]*(?:\(\))?|([A-Za-z_][\w-]*)[ \t]*\(\))[ \t]*\{?[ \t]*$/gm;

/** What is handed to the function in which a command stands, as `1`, `2` …; of several calls the one that shows most. */
export function handedOver(text: string, at: number): Map<string, Value> {
  const out = new Map<string, Value>();
  const from0 = Math.max(0, at - 4_000);
  const head = text.slice(from0, at);
  const open = [...head.matchAll(FUNCTION)].at(-1);
  const name = open?.[1] ?? open?.[2];
  if (open === undefined || name === undefined || /^\}/m.test(head.slice(open.index + open[0].length))) return out;
  const call = new RegExp(
    `(?<![\\w./-])${name}[ \\t]+((?:"[^"\\n]*"|'[^'\\n]*'|[^\\s"';|&<>()]+)(?:[ \\t]+(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s"';|&<>()]+)){0,8})`,
    'g',
  );
  let calls = 0;
  for (const m of text.matchAll(call)) {
    if (calls++ > MOST_CALLS) break;
    const list = m[1] ?? '';
    if (m.index >= from0 + open.index && m.index < at) continue;
    const base = m.index + m[0].length - list.length;
    let i = 0;
    for (const arg of list.matchAll(/"[^"\n]*"|'[^'\n]*'|[^\s"']+/g)) {
      i++;
      const raw = arg[0];
      const quoted = /^["']/.test(raw);
      const from = base + arg.index + (quoted ? 1 : 0);
      const value = plainValue(
        text,
        from,
        from + raw.length - (quoted ? 2 : 0),
        raw.startsWith("'") ? 'none' : 'shell',
      );
      if (!out.has(String(i)) && value.pieces.some((p) => p.kind === 'text' && /[=/.]/.test(p.text)))
        out.set(String(i), value);
    }
    if (out.size > 0) break;
  }
  return out;
}

/**
 * Puts known variables into a value. Of an address the places are those of the definitions, where a fault is mended;
 * elsewhere those where the variable is used, since it stays a variable.
 */
export function filled(value: Value, known: ReadonlyMap<string, Value>): Value {
  const inside = fill(value, known, 0, false);
  return inside !== value && looksUrl(flat(inside)) ? fill(value, known, 0, true) : inside;
}

function fill(value: Value, known: ReadonlyMap<string, Value>, depth: number, defined: boolean): Value {
  if (known.size === 0 || depth > 4 || !value.pieces.some((p) => p.kind === 'variable' && known.has(bare(p.text))))
    return value;
  const parts = value.pieces.map((p): Value => {
    const one = { pieces: [p], via: [], known: p.kind === 'text' || p.kind === 'secret', start: p.start, end: p.end };
    const found = p.kind === 'variable' ? known.get(bare(p.text)) : undefined;
    if (found === undefined) return one;
    const inner = fill(found, known, depth + 1, defined);
    // Nothing of it is in view: it stays what it is called.
    if (!inner.pieces.some((q) => q.kind === 'text') && inner.via.length === 0) return one;
    if (inner.via.length > 0) return inner;
    // A pair as a whole: it is mended where it is set.
    if (
      inner.pieces.some((q) => q.kind === 'secret') &&
      inner.pieces.some((q) => q.kind === 'text' && q.text.includes(':'))
    )
      return inner;
    return {
      ...inner,
      pieces: inner.pieces.map((q) =>
        q.kind === 'secret' || q.kind === 'mask' ? p : defined ? q : { ...q, start: p.start, end: p.end },
      ),
    };
  });
  return joinValues(parts, value.start, value.end);
}

function bare(name: string): string {
  return name.replace(/^env:/i, '').replace(/[:?-].*$/, '');
}
