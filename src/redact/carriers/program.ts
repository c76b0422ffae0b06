// Command lines: flags whose argument is a credential, per program.
import { lineEndAt, type Search } from '../finding';
import type { ProgramRule } from '../pack';
import { cookiePairs } from './cookie';

interface ShellWord {
  /** Span without the outer quotes. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MAX_COMMAND = 4000;

/** Words of the command that begins at `at`, up to its end; lines joined by `\`, a backtick or `^` belong to it. */
function shellWords(text: string, at: number): ShellWord[] {
  const words: ShellWord[] = [];
  let limit = lineEndAt(text, at);
  const max = Math.min(text.length, at + MAX_COMMAND);
  let i = at;
  for (;;) {
    while (i < limit && (text[i] === ' ' || text[i] === '\t')) i++;
    if (i >= limit) return words;
    const tail = text.slice(i, limit).trim();
    if ((tail === '\\' || tail === '`' || tail === '^') && limit < max) {
      const next = text.indexOf('\n', limit) + 1;
      if (next <= 0) return words;
      i = next;
      limit = Math.min(lineEndAt(text, i), max);
      continue;
    }
    const unit = text[i] ?? '';
    if (/^[|&;]$/.test(unit) && /[\s|&]/.test(text[i + 1] ?? ' ')) return words;
    const start = i;
    let open = '';
    for (; i < limit; i++) {
      const here = text[i] ?? '';
      if (here === '\\' && open !== "'") i++;
      else if (open !== '') {
        if (here === open) open = '';
      } else if (here === '"' || here === "'") open = here;
      else if (here === ' ' || here === '\t' || here === '`') break;
    }
    i = Math.min(i, limit);
    let from = start;
    let to = i;
    const quote = text[start];
    if ((quote === '"' || quote === "'") && to - from >= 2 && text[to - 1] === quote) {
      from++;
      to--;
    }
    words.push({ start: from, end: to, text: text.slice(from, to) });
    if (i < limit && text[i] === '`') return words;
  }
}

/** Tries the command whose program name stands at [start, end). Returns the end of what was read. */
export function findProgram(search: Search, start: number, end: number, program: ProgramRule): number {
  const { text } = search;
  const before = text[start - 1];
  if (before !== undefined && !/[\s$`"'(|;&/>:]/.test(before)) return -1;
  if (/^(?:\.exe)?[ \t]/.exec(text.slice(end, end + 5)) === null) return -1;
  const words = shellWords(text, end);
  if (program.when !== undefined && !words.some((word) => word.text === program.when)) return -1;
  const joiner = program.joiners ?? ':';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as ShellWord;
    const next = words[i + 1];
    const flag = word.text;
    if (!flag.startsWith('-')) continue;
    const equals = flag.indexOf('=');
    const head = equals > 0 ? flag.slice(0, equals) : flag;
    const inline = equals > 0 ? part(word, equals + 1) : undefined;
    if (program.pair.includes(head) || (inline === undefined && clustered(program.pair, flag)))
      pair(search, inline ?? next, head, joiner);
    else if (program.secret.includes(head)) secret(search, inline ?? next, head);
    else if (program.cookie?.includes(head) === true && (inline ?? next) !== undefined) {
      const jar = (inline ?? next) as ShellWord;
      cookiePairs(search, jar.start, jar.end, head);
    } else {
      const glued = program.glued.find((prefix) => flag.startsWith(prefix) && flag.length > prefix.length);
      if (glued !== undefined && !flag.startsWith('--') && !/^-p(?:ort|rint|roto|lugin|ager|refix)\b/.test(flag))
        secret(search, part(word, glued.length), glued);
      const short = program.pair.find(
        (prefix) => prefix.length === 2 && flag.startsWith(prefix) && flag.includes(joiner),
      );
      if (short !== undefined) pair(search, part(word, 2), short, joiner);
    }
  }
  if (program.logon === true) {
    const logon = words.find((word) => /^[\w.]+\/[^@\s]{3,}(?:@\S*)?$/.test(word.text));
    if (logon !== undefined) {
      const slash = logon.text.indexOf('/') + 1;
      const at = logon.text.indexOf('@', slash);
      secret(
        search,
        {
          start: logon.start + slash,
          end: at < 0 ? logon.end : logon.start + at,
          text: logon.text.slice(slash, at < 0 ? undefined : at),
        },
        'logon',
      );
    }
  }
  if (program.last === true && words.length >= 4 && words.some((word) => /^-\w*b/.test(word.text)))
    secret(search, words.at(-1), 'password');
  return words.at(-1)?.end ?? end;
}

function clustered(flags: readonly string[], flag: string): boolean {
  return /^-[A-Za-z]{2,6}$/.test(flag) && flags.some((known) => known.length === 2 && flag.endsWith(known[1] ?? ' '));
}

function part(word: ShellWord, from: number): ShellWord {
  let start = word.start + from;
  let end = word.end;
  let value = word.text.slice(from);
  if (/^(["']).*\1$/.test(value)) {
    start++;
    end--;
    value = value.slice(1, -1);
  }
  return { start, end, text: value };
}

function pair(search: Search, word: ShellWord | undefined, name: string, joiner: string): void {
  if (word === undefined || word.text.includes('[redacted:')) return;
  const at = word.text.indexOf(joiner);
  if (at < 0) return;
  const value = word.text.slice(at + 1);
  if (value === '' || search.pack.look.isPlaceholder(value)) return;
  search.findings.push({ start: word.start + at + 1, end: word.end, kind: 'password', carrier: 'cli', name });
}

function secret(search: Search, word: ShellWord | undefined, name: string): void {
  if (word === undefined || word.text.length < 3 || search.pack.look.isPlaceholder(word.text)) return;
  if (word.text.startsWith('-') || search.pack.look.isPlace(word.text) || /^\d{1,5}(?::\d{1,5})?$/.test(word.text))
    return;
  const prefix = /^(?:pass|env|file|fd|stdin):/.exec(word.text)?.[0] ?? '';
  if (prefix !== '' && prefix !== 'pass:') return;
  search.findings.push({ start: word.start + prefix.length, end: word.end, kind: 'password', carrier: 'cli', name });
}
