// Values under a secret's name: JSON, code, configuration, forms, dumps, elements, flags, cells - whatever the separator says.
import { lineEndAt, lineStartAt, matchAt, type Search } from '../finding';
import { bareEnd, quotedAt, trimPunctuation } from '../literal';
import type { NameMeaning } from '../names';
import { chosenness } from '../speech/chosen';
import { listedSecret, wordList } from './listed';
import { carrierOf, isForm, isLineStart, outerClose } from './place';
import { add, addPair, isSecret } from './secret';
import { isVariable, takeVariableValue } from './variable';
import { separatorAfter, type Separator } from './separator';

/** How far the words of a long line may lie apart that belong together. */
const MAX_AROUND = 400;

/** Tries the name [start, end) with the given meaning. Says whether it stood before a value, secret or not. */
export function findNamed(search: Search, start: number, end: number, meaning: NameMeaning): boolean {
  const { text } = search;
  const name = text.slice(start, end);
  if (isFlag(text, start)) {
    const next = text[end];
    if (next === ' ' || next === '=' || next === ':') return flagValue(search, end + 1, name, meaning);
  }
  if (text[start - 1] === ':' && matchedData(search, start, name, meaning)) return true;
  const tuple = tupleValue(search, start, end, name, meaning);
  if (tuple) return true;
  const separator = separatorAfter(text, start, end);
  if (separator !== undefined) return valueAt(search, start, separator, name, meaning);
  return pairedValue(search, end, name, meaning) || blankValue(search, start, end, name, meaning);
}

/** `secret source=vault version=3 value=x`: the value among the settings that follow the name on its line. */
function pairedValue(search: Search, end: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const list = matchAt(/(?:[ \t]+[\w.-]{1,30}=[^\s=]{0,60}){0,6}?[ \t]+(?:value|val|content)=(?=\S)/y, text, end);
  if (list === null) return false;
  const at = end + list[0].length;
  const limit = lineEndAt(text, at);
  const literal = quotedAt(text, at, limit);
  const from = literal?.start ?? at;
  const to = literal?.end ?? bareEnd(text, at, limit, true);
  if (isSecret(search, text.slice(from, to), meaning, true)) add(search, from, to, meaning, 'form', name);
  return true;
}

/** A firewall's log: `Matched Data: VALUE found within ARGS:name`. */
function matchedData(search: Search, start: number, name: string, meaning: NameMeaning): boolean {
  const from = Math.max(lineStartAt(search.text, start), start - 400);
  const match = /(?:matched data: )([^\n]{3,200}?) found within [A-Z_]{3,40}:$/i.exec(search.text.slice(from, start));
  if (match === null || !isSecret(search, match[1] ?? '', meaning, true)) return false;
  const at = from + match.index + 'matched data: '.length;
  add(search, at, at + (match[1] ?? '').length, meaning, 'dump', name);
  return true;
}

const TUPLE_HEAD = /(?:^|[\s(;])((?:[\w$.]{1,40}\s{0,2},\s{0,2}){1,4})$/;

/** `user, secret = "a", "b"`: the literal at the name's place. */
function tupleValue(search: Search, start: number, end: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const before = TUPLE_HEAD.exec(text.slice(Math.max(lineStartAt(text, start), start - 120), start))?.[1];
  if (before === undefined) return false;
  const sign = matchAt(/(?:\s{0,2},\s{0,2}[\w$.]{1,40}){0,3}\)?\s{0,3}:?=\s{0,3}[([]?\s{0,2}(?=["'%])/y, text, end);
  if (sign === null) return false;
  const word = wordList(text, end + sign[0].length)[before.split(',').length - 1];
  if (word !== undefined) {
    add(search, ...word, meaning, 'code', name);
    return true;
  }
  const limit = lineEndAt(text, end);
  let at = end + sign[0].length;
  for (let left = before.split(',').length - 1; ; left--) {
    const literal = quotedAt(text, at, limit);
    if (literal === undefined) return false;
    if (left === 0) {
      if (isSecret(search, text.slice(literal.start, literal.end), meaning, true))
        add(search, literal.start, literal.end, meaning, 'code', name);
      return true;
    }
    const comma = matchAt(/\s{0,3},\s{0,3}(?=["'])/y, text, literal.after);
    // The others are no literals.
    if (comma === null) return /^\s{0,3},\s{0,3}[\w$]/.test(text.slice(literal.after, literal.after + 8));
    at = literal.after + comma[0].length;
  }
}

function isFlag(text: string, start: number): boolean {
  if (text[start - 1] !== '-' && text[start - 1] !== '/') return false;
  let at = start - 1;
  while (at > 0 && text[at - 1] === '-') at--;
  return at === 0 || /[\s"'`(]/.test(text[at - 1] ?? '');
}

function flagValue(search: Search, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const limit = lineEndAt(text, at);
  let from = at;
  while (from < limit && text[from] === ' ') from++;
  const literal = quotedAt(text, from, limit);
  const end = literal?.end ?? bareEnd(text, from, limit, false);
  const begin = literal?.start ?? from;
  if (literal === undefined && /^[-|&<>(]/.test(text.slice(from, from + 1))) return true;
  const value = text.slice(begin, end);
  if (!isSecret(search, value, meaning, literal !== undefined)) return true;
  if (literal === undefined && search.pack.lexicon.isOrdinary(value.toLowerCase())) return true;
  add(search, begin, end, meaning, 'cli', name);
  return true;
}

/** `requirepass x`, `password x` (netrc), `PASSWORD 'x'` (SQL): a blank alone separates. */
function blankValue(search: Search, start: number, end: number, name: string, meaning: NameMeaning): boolean {
  const { text, pack } = search;
  if (text[end] !== ' ' && text[end] !== '\t') return false;
  const limit = lineEndAt(text, end);
  let at = end;
  while (at < limit && (text[at] === ' ' || text[at] === '\t')) at++;
  const flag = matchAt(/-String\s+(?=["'])/iy, text, at);
  if (flag !== null) at += flag[0].length;
  const quoted = /["'`]/.test(text[at] ?? '') ? quotedAt(text, at, limit) : undefined;
  if (quoted !== undefined) {
    const value = text.slice(quoted.start, quoted.end);
    // An expression in quotes of running text.
    if (/[=({]/.test(value) && /["']/.test(value)) return false;
    if (meaning.strength === 'random' || !isSecret(search, value, meaning, true)) return false;
    if (pack.lexicon.isProse(value)) return false;
    add(search, quoted.start, quoted.end, meaning, 'config', name);
    return true;
  }
  if (meaning.strength === 'random') return false;
  const line = text.slice(Math.max(lineStartAt(text, start), start - MAX_AROUND), Math.min(limit, end + MAX_AROUND));
  const netrc = /(?:^|\s)machine\s+\S/.test(line) || /\blogin\s+\S+\s+(?:password|passwd)\s+\S/.test(line);
  const stop = bareEnd(text, at, limit, false);
  const value = text.slice(at, stop);
  if (pack.look.isPlaceholder(value) || pack.look.isCode(value)) return false;
  const head = text.slice(lineStartAt(text, start), start);
  const alone =
    text.slice(stop, limit).trim() === '' &&
    (/^[\s#>*-]*(?:set\s+|setx\s+|export\s+)?$/.test(head) ||
      // A line of a protocol's log: "Command: PASS x", "C> PASS x".
      (/^[\w\s.:[\]()<>-]{0,60}[:>\]]\s$/.test(head) && /^\p{Lu}+$/u.test(name) && chosenness(value) >= 2));
  if (
    !netrc &&
    !(
      alone &&
      (pack.look.strengthOf(value) !== 'none' || /^\d{4,}$/.test(value)) &&
      !pack.lexicon.isOrdinary(value.toLowerCase())
    )
  )
    return false;
  if (!netrc && pack.look.strengthOf(value) === 'word' && /\s/.test(name)) return false;
  if (value.length < 3 || (pack.lexicon.isOrdinary(value.toLowerCase()) && !/(?:^|\s)machine\s/.test(line)))
    return false;
  add(search, at, stop, meaning, 'config', name);
  return true;
}

function valueAt(search: Search, start: number, separator: Separator, name: string, meaning: NameMeaning): boolean {
  const { text, pack } = search;
  const { style } = separator;
  let { at } = separator;
  if (style === 'element') return elementValue(search, at, name, meaning);
  const listed = style === 'colon' || style === 'assign' ? listedSecret(search, at) : undefined;
  if (listed !== undefined) {
    add(search, ...listed, meaning, 'code', name);
    return true;
  }
  let limit = lineEndAt(text, at);
  if (style === 'part') {
    if (at < limit && isSecret(search, text.slice(at, limit), meaning, true))
      add(search, at, limit, meaning, 'form', name);
    return true;
  }
  if (at >= limit) return blockValue(search, start, at, name, meaning);
  const literal = quotedAt(text, at, limit);
  if (literal !== undefined && literal.after <= limit) {
    const value = text.slice(literal.start, literal.end);
    if (style === 'argument' && /^\s{0,4}(?::|=>)/.test(text.slice(literal.after, literal.after + 6))) return true;
    if (meaning.strength === 'random' && (style === 'argument' || style === 'call') && chosenness(value) < 3)
      return true;
    if (isSecret(search, value, meaning, true))
      addPair(search, literal.start, literal.end, meaning, carrierOf(search, start, style), name);
    chain(search, literal.after, limit, meaning, name);
    return true;
  }
  if (literal !== undefined) {
    if (isSecret(search, text.slice(literal.start, limit), meaning, true)) {
      addPair(search, literal.start, limit, meaning, carrierOf(search, start, style), name);
    }
    return true;
  }
  if (style === 'argument' || style === 'call') return true;
  // An object or list under the name: its members are looked at by themselves.
  if (/[{[]/.test(text[at] ?? '') && style === 'colon' && /["']/.test(text[start - 1] ?? '')) return true;
  // A reference and, behind an arrow, what it was resolved to.
  const resolved = matchAt(
    /(?:\$\{[^}\n]{1,80}\}|\{\{[^}\n]{1,80}\}\}|%\w{1,60}%)\s{0,3}(?:->|=>|→)\s{0,3}/y,
    text,
    at,
  );
  if (resolved !== null && at + resolved[0].length < limit) at += resolved[0].length;
  if (
    /^(?:\$?\{\{[^}]*\}\}|<[^<>\n]*>|\$\([^)]*\)|<%[^%]*%>|\{%[^%]*%\}|\$\{[^}]*\})/.test(
      text.slice(at, Math.min(limit, at + 200)),
    )
  )
    return true;
  if (/^[|>][+\-\d]*\s*(?:#.*)?$/.test(text.slice(at, limit)) && style === 'colon')
    return blockValue(search, start, limit, name, meaning);
  // A quote that was opened before the name closes behind the value.
  limit = Math.min(limit, outerClose(text, start, at, limit));
  const form = style === 'equals' && isForm(text, start, at, limit);
  let end = bareEnd(text, at, limit, form);
  // "NAME=value with blanks" in quotes of its own.
  const wrapped =
    style === 'equals' &&
    limit < lineEndAt(text, at) &&
    /["'`]/.test(text[start - 1] ?? '') &&
    !/\s[\w-]+=/.test(text.slice(end, limit));
  if (wrapped && !form) end = limit;
  if (style === 'length') return true;
  if (style === 'cell' && /^\d{1,3}\s*(?:\||$)/.test(text.slice(at, limit))) return true;
  // An expression that was cut at its first quote.
  if (/^[&*@]?\$\w+(?:\[|->|::|\.)/.test(text.slice(at, end))) return true;
  if (end === at) return true;
  while (at < end && text[at] === '[' && style !== 'equals') at++;
  const token = text.slice(at, end);
  const cmdlet = matchAt(/[A-Z]\w{1,30}-[A-Z]\w{1,40}\s+(?:-String\s+)?(?=["'])/y, text, at);
  if (cmdlet !== null) {
    const argument = quotedAt(text, at + cmdlet[0].length, limit);
    if (argument !== undefined && isSecret(search, text.slice(argument.start, argument.end), meaning, true))
      add(search, argument.start, argument.end, meaning, 'code', name);
    return true;
  }
  takeVariableValue(search, start, token, meaning);
  if (isVariable(search, at, token)) return true;
  const rest = text.slice(end, limit);
  if (!form && (pack.look.isCode(token) || pack.look.isCode(text.slice(at, Math.min(limit, at + 120))))) return true;
  // A member of JSON that is no string and no whole number has no secret in it.
  if (
    /["']/.test(text[start - 1] ?? '') &&
    /["']/.test(text[start + name.length] ?? '') &&
    style === 'colon' &&
    /^-\d|^\d+[.eE]/.test(token)
  )
    return true;
  const jsonNumber = /^\d+$/.test(token) && /["']/.test(text[start - 1] ?? '') && style === 'colon';
  if (jsonNumber) {
    if (meaning.strength !== 'random' && token.length >= 3 && meaning.kind !== 'token') {
      search.findings.push({ start: at, end, kind: meaning.kind, carrier: 'json', name, quote: true });
    }
    return true;
  }
  if (meaning.strength === 'random' && /\s/.test(rest.charAt(0)) && style !== 'equals' && style !== 'assign') {
    if (!pack.look.isRandom(trimmed(token))) return true;
  }
  const trimmedEnd = form || style === 'equals' ? end : trimPunctuation(text, at, end);
  const opens = isLineStart(text, start);
  if (
    opens &&
    (style === 'assign' || style === 'colon') &&
    pack.lexicon.isOrdinary(token.toLowerCase()) &&
    rest !== '' &&
    meaning.strength !== 'random'
  ) {
    const phrase = pack.lexicon.phraseEnd(text, at, end, limit, true, true);
    if (phrase > end) {
      add(search, at, phrase, meaning, carrierOf(search, start, style), name);
      return true;
    }
  }
  if (!isSecret(search, text.slice(at, trimmedEnd), meaning, false)) return true;
  end = trimmedEnd;
  if (text[start - 1] === '[' && text[start + name.length] === ']' && style === 'assign') {
    // A dump prints the value to the line's end.
    const whole = text.slice(at, limit).trimEnd();
    if (isLineStart(text, start - 1) && whole.split(/\s+/).length <= 5 && !/\s\[|\)$/.test(whole))
      end = at + whole.length;
  } else if (!form && !wrapped && (style !== 'equals' || rest.startsWith(' '))) {
    const phrase = pack.lexicon.phraseEnd(text, at, end, limit, opens, style === 'colon' || style === 'assign');
    if (phrase < 0) return false;
    end = phrase;
  }
  addPair(search, at, end, meaning, carrierOf(search, start, style), name);
  return true;
}

const trimmed = (token: string): string => token.replace(/[.,;:!?]+$/, '');

/** `'user:' . 'secret'` and `'se' . 'cret'`: further literals of the same expression. */
function chain(search: Search, after: number, limit: number, meaning: NameMeaning, name: string): void {
  let at = after;
  for (let i = 0; i < 4; i++) {
    const join = matchAt(/\s{0,4}(?:\.|\+|\|\||&)\s{0,4}(?=["'])/y, search.text, at);
    if (join === null) return;
    const literal = quotedAt(search.text, at + join[0].length, limit);
    if (literal === undefined) return;
    const value = search.text.slice(literal.start, literal.end);
    if (value.length >= 3 && isSecret(search, value, meaning, true))
      add(search, literal.start, literal.end, meaning, 'code', name);
    at = literal.after;
  }
}

function elementValue(search: Search, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const head = text.slice(at, at + 4096);
  let end = at + head.indexOf('<');
  if (end < at) end = Math.min(lineEndAt(text, at), at + 4096);
  if (text.startsWith('<![CDATA[', at - 9)) {
    const close = head.indexOf(']]>');
    if (close >= 0) end = at + close;
  }
  let from = at;
  // `<user>:<secret>" …`: the name is a placeholder, no element.
  if (!text.startsWith('</', end) && /^["'`:;,]/.test(text.slice(at, at + 1))) return true;
  while (from < end && /\s/.test(text[from] ?? '')) from++;
  // What no element closes ends with its line, and no blank line leads to it.
  if (!text.startsWith('</', end) && !text.startsWith(']]>', end)) {
    if (/\n\s*\n/.test(text.slice(at, from))) return true;
    end = Math.min(end, lineEndAt(text, from));
  }
  while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
  const value = text.slice(from, end);
  if (value !== '' && isSecret(search, value, meaning, true) && !search.pack.lexicon.isProse(value))
    add(search, from, end, meaning, 'xml', name);
  return true;
}

/** A value on the lines below: YAML block scalars, and a lone value under its name. */
function blockValue(search: Search, start: number, at: number, name: string, meaning: NameMeaning): boolean {
  const { text } = search;
  const lineStart = lineStartAt(text, start);
  const indent = /^[ \t]*(?:-\s)?/.exec(text.slice(lineStart, start))?.[0].length ?? 0;
  let from = text.indexOf('\n', at);
  let found = false;
  for (let lines = 0; lines < 40 && from >= 0 && from + 1 < text.length; lines++) {
    const end = lineEndAt(text, from + 1);
    const lead = /^[ \t]*/.exec(text.slice(from + 1, Math.min(end, from + 201)))?.[0].length ?? 0;
    const begin = from + 1 + lead;
    if (begin >= end || lead <= indent) break;
    const line = text.slice(begin, end);
    if (/^[\w"'.-]+\s?[:=]/.test(line) || line.startsWith('- ')) break;
    if (isSecret(search, line, meaning, true)) {
      const literal = quotedAt(text, begin, end);
      add(search, literal?.start ?? begin, literal?.end ?? end, meaning, 'config', name);
      found = true;
    }
    from = text.indexOf('\n', end);
  }
  return found;
}
