// Where a value begins and ends: quoted (also escaped quotes inside other strings), bare in a form, on a line, or in running text.
import { matchAt } from './finding';

/** Span of a value without its quotes. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  /** First unit behind the closing quote. */
  readonly after: number;
  readonly quoted: boolean;
}

const OPEN = /(?:[bBrRuUfF]{1,2}(?=["'])|[@$](?=["])|N(?='))?(?:"""|'''|(\\{0,15})(["'`])|&(?:quot|apos|#0?3[49]);)/y;
const ENTITY_CLOSE = /&(?:quot|apos|#0?3[49]);/g;
const MAX_QUOTED = 8192;

/** The quoted literal that opens at `at`, or undefined. Runs to the line's end where it is not closed. */
export function quotedAt(text: string, at: number, limit: number): Literal | undefined {
  const open = matchAt(OPEN, text, at);
  if (open === null || OPEN.lastIndex > limit) return undefined;
  const start = OPEN.lastIndex;
  const max = Math.min(limit, start + MAX_QUOTED);
  const quote = open[2];
  if (quote === undefined) {
    if (open[0].startsWith('&')) {
      ENTITY_CLOSE.lastIndex = start;
      const close = ENTITY_CLOSE.exec(text.slice(0, max));
      return close === null
        ? { start, end: max, after: max, quoted: true }
        : { start, end: close.index, after: ENTITY_CLOSE.lastIndex, quoted: true };
    }
    const triple = open[0].slice(-3);
    const close = text.indexOf(triple, start);
    return close < 0 || close > max
      ? { start, end: max, after: max, quoted: true }
      : { start, end: close, after: close + 3, quoted: true };
  }
  const depth = open[1]?.length ?? 0;
  let slashes = 0;
  for (let i = start; i < max; i++) {
    const unit = text[i];
    if (unit === '\\') {
      slashes++;
      continue;
    }
    if (unit === quote) {
      const escaped = depth === 0 ? slashes % 2 === 1 : slashes > depth;
      const doubled =
        depth === 0 && slashes === 0 && quote !== '`' && text[i + 1] === quote && isWordUnit(text[i + 2]) && i > start;
      if (doubled) i++;
      else if (!escaped) return { start, end: i - (depth === 0 ? 0 : slashes), after: i + 1, quoted: true };
    }
    slashes = 0;
  }
  return { start, end: max, after: max, quoted: true };
}

function isWordUnit(unit: string | undefined): boolean {
  return unit !== undefined && /[\p{L}\d]/u.test(unit);
}

const NEXT_PAIR = /&(?:amp;)?[\w.%[\]-]{1,60}=|&?$/y;
const NEXT_SETTING = /;\s{0,3}[\w ]{1,40}=/y;
const NEXT_FIELD = /,\s|,["'\\]?[\w.-]{1,40}["'\\]{0,2}[=:]|,$/y;
const STOP_ESCAPE =
  /\\+[rnt](?![\w])|\\+r\\+n|\\+n|\[\\[rn]\]|\\+["'`]|&(?:quot|apos|lt|gt|#0?3[49]|nbsp);|<\/?[a-zA-Z]|<br/y;

/**
 * End of a bare value that begins at `start`. `form`: up to the next pair; `inline`: up to a blank or a closing mark that was
 * opened before the value.
 */
export function bareEnd(text: string, start: number, limit: number, form: boolean): number {
  let round = 0;
  let square = 0;
  let curly = 0;
  const max = Math.min(limit, start + 4096);
  let end = start;
  for (; end < max; end++) {
    const unit = text.charCodeAt(end);
    if (unit <= 32 || unit === 0x3002) break;
    switch (unit) {
      case 34: // "
      case 39: // '
      case 96: {
        const next = text[end + 1];
        if (next === undefined || end + 1 >= limit || !/[\p{L}\d]/u.test(next)) return end;
        break;
      }
      case 38: // &
        if (matchAt(NEXT_PAIR, text, end) !== null || matchAt(STOP_ESCAPE, text, end) !== null) return end;
        break;
      case 59: // ;
        if (end + 1 >= limit || /\s/.test(text[end + 1] ?? '') || matchAt(NEXT_SETTING, text, end) !== null) return end;
        break;
      case 44: // ,
        if (!form && matchAt(NEXT_FIELD, text, end) !== null) return end;
        if (!form && end + 1 >= limit) return end;
        break;
      case 124: // |
        if (end + 1 >= limit || /\s/.test(text[end + 1] ?? '')) return end;
        break;
      case 92: {
        // What stands behind the last backslash of a run decides for all of them: asked for each, it would be quadratic.
        let last = end;
        while (last + 1 < max && text.charCodeAt(last + 1) === 92) last++;
        if (matchAt(STOP_ESCAPE, text, last) !== null) return end;
        end = last;
        break;
      }
      case 60: // <
        if (matchAt(STOP_ESCAPE, text, end) !== null) return end;
        break;
      case 91:
        if (matchAt(STOP_ESCAPE, text, end) !== null) return end;
        square++;
        break;
      case 93:
        if (--square < 0) return end;
        break;
      case 40:
        round++;
        break;
      case 41:
        if (--round < 0) return end;
        break;
      case 123:
        curly++;
        break;
      case 125:
        if (--curly < 0) return end;
        break;
      default:
        // A CJK stop or comma ends a value in running text.
        if (unit === 0xff0c || unit === 0x3001) return end;
    }
  }
  return end;
}

/** `end` without the punctuation that closes a sentence. */
export function trimPunctuation(text: string, start: number, end: number): number {
  let at = end;
  while (at > start + 1 && /[.,;:!?]/.test(text[at - 1] ?? '')) at--;
  return at;
}
