// The expressions of a snippet: one tolerant grammar for all languages; what it does not know is skipped, never an error.

import type { Language } from './language';
import { tokenize, type StringPart, type Token } from './tokens';

interface At {
  readonly start: number;
  readonly end: number;
}

export interface Arg extends At {
  /** Named argument, null where it goes by place. */
  readonly name: string | null;
  readonly value: Node;
}

export interface Entry extends At {
  /** null: a list item. */
  readonly key: Node | null;
  readonly value: Node;
  /** `...other`, `**other`. */
  readonly spread: boolean;
}

export type Node = At &
  (
    | { readonly kind: 'string'; readonly parts: readonly StringPart[]; readonly quote: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'name'; readonly text: string }
    | { readonly kind: 'member'; readonly object: Node; readonly name: string; readonly nameStart: number }
    | { readonly kind: 'index'; readonly object: Node; readonly key: Node }
    | {
        readonly kind: 'call';
        readonly callee: Node;
        readonly args: readonly Arg[];
        readonly close: number;
        readonly made: boolean;
      }
    | {
        readonly kind: 'collection';
        readonly entries: readonly Entry[];
        readonly open: string;
        readonly type: Node | null;
      }
    | { readonly kind: 'binary'; readonly op: string; readonly left: Node; readonly right: Node }
    | { readonly kind: 'assign'; readonly op: string; readonly target: Node; readonly value: Node }
    | { readonly kind: 'either'; readonly options: readonly Node[] }
    | {
        readonly kind: 'function';
        readonly name: string | null;
        readonly params: readonly string[];
        readonly body: readonly Node[];
      }
    | { readonly kind: 'return'; readonly value: Node }
    | { readonly kind: 'unknown' }
  );

/** Words that begin or join statements and are no values. */
const SKIPPED = new Set(
  'if else elif elsif unless while for foreach in of do begin try catch except finally rescue ensure end await async yield throw raise public private protected internal static final readonly const let var val my our local using with as export default go defer global use namespace package import from assert print echo puts then loop mut pub override suspend lateinit out ref params required virtual abstract sealed implements extends throws instanceof typeof void unsafe print_r var_dump p'.split(
    ' ',
  ),
);
/** Words whose parentheses hold statements. */
const CONTROL = new Set(
  'if elseif elsif elif while for foreach try using switch catch lock synchronized until unless match with'.split(' '),
);
const FUNCTIONS = new Set(['function', 'def', 'func', 'fn', 'fun', 'sub']);
const ASSIGN = new Set(['=', ':=', '+=', '.=', '??=', '||=']);
const BINARY = new Set([
  '+',
  '.',
  '&',
  '%',
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '&&',
  '-',
  '*',
  '/',
  '|',
  '..',
  '=~',
  '<<',
  '<=>',
]);
const MAX_DEPTH = 60;
const PREFIX_OP = /^(?:!|-|\+|&|\*|~|@|\\)$/;

/** Parses a stretch of text into its statements, flat: blocks of control flow are read as if they were not there. */
export function parseCode(text: string, start: number, end: number, language: Language): Node[] {
  return new Reader(tokenize(text, start, end, language), language).statements(null);
}

class Reader {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly language: Language,
  ) {}

  private peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as Token;
  }

  private is(text: string, ahead = 0): boolean {
    const t = this.peek(ahead);
    return (t.kind === 'op' || t.kind === 'id') && t.text === text;
  }

  private take(): Token {
    const t = this.peek();
    if (this.at < this.tokens.length - 1) this.at++;
    return t;
  }

  private blank(): void {
    while (this.peek().kind === 'nl') this.at++;
  }

  /** Statements up to `close` (taken) or the end. */
  statements(close: string | null): Node[] {
    const out: Node[] = [];
    while (this.peek().kind !== 'end') {
      const t = this.peek();
      if (close !== null && t.kind === 'op' && t.text === close) {
        this.take();
        return out;
      }
      if (t.kind === 'nl' || (t.kind === 'op' && /^[;{}),\]:]$/.test(t.text))) {
        this.take();
        continue;
      }
      if (this.language === 'php' && t.text === '<' && this.is('?', 1)) {
        this.at += 2;
        continue;
      }
      if ((t.kind === 'id' || t.kind === 'str') && this.is(':', 1) && this.is('{', 2) && this.language !== 'go') {
        this.at += 2;
        out.push(this.expression());
        continue;
      }
      const before = this.at;
      out.push(...this.statement());
      if (this.at === before) this.take();
    }
    return out;
  }

  private statement(): Node[] {
    const t = this.peek();
    if (t.kind === 'id') {
      const w = t.text;
      if (w === 'return') {
        this.take();
        if (this.peek().kind === 'nl' || this.is(';')) return [];
        const value = this.expression();
        return [{ kind: 'return', value, start: t.start, end: value.end }];
      }
      if (FUNCTIONS.has(w) && this.peek(1).kind !== 'nl') return this.definition();
      if (this.language === 'powershell' && /^(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr|curl|wget)$/i.test(w))
        return [this.cmdlet()];
      if (w === 'class') {
        this.take();
        if (this.peek().kind === 'id') this.take();
        return [];
      }
      if (CONTROL.has(w) && this.is('(', 1)) {
        this.at += 2;
        return [];
      }
      if (SKIPPED.has(w) && !this.is('(', 1) && !this.is('.', 1) && !this.is('=', 1)) {
        this.take();
        return [];
      }
      const method = this.methodHead();
      if (method !== null) return [method];
    }
    if (t.kind === 'op' && t.text === '@' && this.peek(1).kind === 'id') {
      this.at += 2;
      return [];
    }
    const value = this.expression();
    // `with Client() as c:`
    if (this.language === 'python' && this.is('as') && this.peek(1).kind === 'id') {
      this.take();
      const name = this.take();
      return [
        {
          kind: 'assign',
          op: '=',
          target: { kind: 'name', text: name.text, start: name.start, end: name.end },
          value,
          start: value.start,
          end: value.end,
        },
      ];
    }
    return [value];
  }

  /** `def name(a, b):`, `function name($a) {`, `func (c *T) name(a T) (R, error) {`; the body follows as statements. */
  private definition(): Node[] {
    const head = this.take();
    if (this.language === 'go' && this.is('(')) this.skipParens();
    const name = this.peek().kind === 'id' ? this.take().text : null;
    if (this.language === 'rust' || this.language === 'swift') while (this.is('<')) this.skipUntil('>');
    let params: string[] = [];
    if (this.is('(')) params = this.params();
    if (this.language === 'go' && this.is('(')) this.skipParens();
    const start = head.start;
    if (name === null) {
      // An anonymous function as a value.
      return [this.body(start, null, params)];
    }
    return [{ kind: 'function', name, params, body: [], start, end: this.peek().start }];
  }

  private body(start: number, name: string | null, params: readonly string[]): Node {
    while (
      !this.is('{') &&
      this.peek().kind !== 'nl' &&
      this.peek().kind !== 'end' &&
      !this.is(')') &&
      !this.is(';') &&
      !this.is(',')
    )
      this.take();
    if (!this.is('{') || this.depth > MAX_DEPTH)
      return { kind: 'function', name, params, body: [], start, end: this.peek().start };
    this.take();
    this.depth++;
    const body = this.statements('}');
    this.depth--;
    return { kind: 'function', name, params, body, start, end: this.peek(-1).end };
  }

  /** Java, C# and JavaScript methods: `public Foo name(Type a, Type b) {`. */
  private methodHead(): Node | null {
    if (!['java', 'csharp', 'js', 'dart', 'kotlin', 'swift', 'php'].includes(this.language)) return null;
    let i = 0;
    let name: Token | null = null;
    while (i < 12) {
      const t = this.peek(i);
      if (t.kind === 'id') name = t;
      else if (t.kind === 'op' && /^(?:<|>|\[|\]|,|\.|\?|::)$/.test(t.text) && i > 0 && this.language !== 'js') {
        if (t.text === ',' && !this.insideAngle(i)) return null;
      } else break;
      i++;
    }
    if (
      name === null ||
      !this.is('(', i) ||
      this.peek(i - 1) !== name ||
      /^(?:if|for|while|switch|catch|foreach|using|lock|return|new|await|throw)$/.test(name.text)
    )
      return null;
    let depth = 0;
    let j = i;
    for (; j < i + 120; j++) {
      const t = this.peek(j);
      if (t.kind === 'end') return null;
      if (t.text === '(' && t.kind === 'op') depth++;
      if (t.text === ')' && t.kind === 'op' && --depth === 0) break;
    }
    let k = j + 1;
    while (this.peek(k).kind === 'nl') k++;
    if (this.is('throws', k)) while (this.peek(k).kind !== 'end' && !this.is('{', k) && k < j + 12) k++;
    if (!this.is('{', k)) return null;
    if (this.language === 'js' && i > 2) return null;
    const start = this.peek().start;
    this.at += i;
    const params = this.params();
    return { kind: 'function', name: name.text, params, body: [], start, end: this.peek().start };
  }

  private insideAngle(i: number): boolean {
    for (let j = i; j > 0; j--) if (this.is('<', j)) return true;
    return false;
  }

  private params(): string[] {
    const out: string[] = [];
    this.take();
    let depth = 1;
    let last: string | null = null;
    let closed = false;
    const goLike =
      this.language === 'go' ||
      this.language === 'kotlin' ||
      this.language === 'rust' ||
      this.language === 'swift' ||
      this.language === 'python' ||
      this.language === 'js';
    while (depth > 0 && this.peek().kind !== 'end') {
      const t = this.take();
      if (t.kind === 'op' && /^[([{<]$/.test(t.text)) depth++;
      else if (t.kind === 'op' && /^[)\]}>]$/.test(t.text)) depth--;
      if (depth === 1 && t.kind === 'op' && (t.text === ',' || t.text === ';')) {
        if (last !== null) out.push(last);
        last = null;
        closed = false;
      } else if (depth === 1 && t.kind === 'op' && (t.text === '=' || (t.text === ':' && goLike))) closed = true;
      else if (depth === 1 && t.kind === 'id' && !closed && !(goLike && last !== null)) last = t.text;
    }
    if (last !== null) out.push(last);
    return out;
  }

  private skipParens(): void {
    let depth = 0;
    do {
      const t = this.take();
      if (t.kind === 'op' && t.text === '(') depth++;
      if (t.kind === 'op' && t.text === ')') depth--;
      if (t.kind === 'end') return;
    } while (depth > 0);
  }

  private skipUntil(close: string): void {
    while (this.peek().kind !== 'end' && this.peek().kind !== 'nl' && !this.is(close)) this.take();
    if (this.is(close)) this.take();
  }

  /** `Invoke-RestMethod -Uri $u -Headers $h`. */
  private cmdlet(): Node {
    const head = this.take();
    const args: Arg[] = [];
    while (
      this.peek().kind !== 'nl' &&
      this.peek().kind !== 'end' &&
      !this.is('|') &&
      !this.is(';') &&
      !this.is('}') &&
      !this.is(')')
    ) {
      const t = this.peek();
      if (t.text === '-' && this.peek(1).kind === 'id') {
        this.take();
        const name = this.take();
        const next = this.peek();
        if (next.text === ':' && next.kind === 'op') this.take();
        if (this.peek().kind === 'nl' || this.peek().text === '-' || this.is('|')) {
          args.push({
            name: name.text,
            value: { kind: 'name', text: 'true', start: name.start, end: name.end },
            start: t.start,
            end: name.end,
          });
          continue;
        }
        const value = this.cmdletValue();
        args.push({ name: name.text, value, start: t.start, end: value.end });
        continue;
      }
      const before = this.at;
      const value = this.cmdletValue();
      args.push({ name: null, value, start: value.start, end: value.end });
      if (this.at === before) this.take();
    }
    const end = args.at(-1)?.end ?? head.end;
    return {
      kind: 'call',
      callee: { kind: 'name', text: head.text, start: head.start, end: head.end },
      args,
      close: end,
      made: false,
      start: head.start,
      end,
    };
  }

  private cmdletValue(): Node {
    const t = this.peek();
    const bare = t.kind === 'id' && !t.text.startsWith('$');
    if (!bare) return this.postfix(this.primary());
    let end = this.take().end;
    while (
      this.peek().start === end &&
      this.peek().kind !== 'nl' &&
      this.peek().kind !== 'end' &&
      !this.is(';') &&
      !this.is('|')
    )
      end = this.take().end;
    const text = t.text;
    return {
      kind: 'string',
      quote: '',
      parts: [{ kind: 'text', text: this.source(t.start, end, text), start: t.start, end }],
      start: t.start,
      end,
    };
  }

  private source(start: number, end: number, fallback: string): string {
    let out = '';
    for (let i = this.tokens.findIndex((t) => t.start >= start); i >= 0 && i < this.tokens.length; i++) {
      const t = this.tokens[i];
      if (t === undefined || t.start >= end) break;
      out += t.kind === 'str' ? (t.parts ?? []).map((p) => p.text).join('') : t.text;
    }
    return out === '' ? fallback : out;
  }

  expression(): Node {
    if (this.depth > MAX_DEPTH) {
      const t = this.take();
      return { kind: 'unknown', start: t.start, end: t.end };
    }
    this.depth++;
    const node = this.assignment();
    this.depth--;
    return node;
  }

  private assignment(): Node {
    const left = this.ternary();
    const t = this.peek();
    if (t.kind === 'op' && ASSIGN.has(t.text)) {
      this.take();
      this.blank();
      const value = this.expression();
      return { kind: 'assign', op: t.text, target: left, value, start: left.start, end: value.end };
    }
    // Go and Python: `a, b := f()`, only where an assignment follows on the line.
    if (
      t.kind === 'op' &&
      t.text === ',' &&
      left.kind === 'name' &&
      this.depth === 1 &&
      this.peek(1).kind === 'id' &&
      (this.is(':=', 2) || this.is('=', 2))
    ) {
      this.at += 3;
      const value = this.expression();
      return { kind: 'assign', op: '=', target: left, value, start: left.start, end: value.end };
    }
    return left;
  }

  private ternary(): Node {
    const first = this.binary();
    if (this.is('?') && this.language !== 'ruby' && this.language !== 'rust') {
      this.take();
      this.blank();
      if (this.is(':')) this.take();
      const a = this.expression();
      this.blank();
      if (!this.is(':')) return { kind: 'either', options: [first, a], start: first.start, end: a.end };
      this.take();
      this.blank();
      const b = this.expression();
      return { kind: 'either', options: [a, b], start: first.start, end: b.end };
    }
    if (this.language === 'python' && this.is('if') && this.depth > 1) {
      this.take();
      this.binary();
      if (!this.is('else')) return first;
      this.take();
      const b = this.expression();
      return { kind: 'either', options: [first, b], start: first.start, end: b.end };
    }
    return first;
  }

  private binary(): Node {
    let left = this.unary();
    for (;;) {
      const ahead = this.gap();
      const t = this.peek(ahead);
      if (t.kind === 'op' && (t.text === '??' || t.text === '||' || t.text === '?:')) {
        this.at += ahead + 1;
        this.blank();
        const right = this.unary();
        left = { kind: 'either', options: [left, right], start: left.start, end: right.end };
        continue;
      }
      if (t.kind === 'id' && t.text === 'or' && ahead === 0) {
        this.take();
        const right = this.unary();
        left = { kind: 'either', options: [left, right], start: left.start, end: right.end };
        continue;
      }
      if (t.kind === 'op' && BINARY.has(t.text)) {
        if (ahead > 0 && !['+', '.', '&', '&&'].includes(t.text)) return left;
        if (t.text === '&' && this.language !== 'vb') return left;
        if (t.text === '<' && this.generic()) continue;
        this.at += ahead + 1;
        this.blank();
        const right = this.unary();
        left = { kind: 'binary', op: t.text, left, right, start: left.start, end: right.end };
        continue;
      }
      // Adjacent strings are one in Python and in C-like languages of old.
      if (
        left.kind === 'string' &&
        t.kind === 'str' &&
        (ahead === 0 || this.inParens > 0) &&
        (this.language === 'python' || this.language === 'ruby')
      ) {
        this.at += ahead;
        const right = this.unary();
        left = { kind: 'binary', op: '+', left, right, start: left.start, end: right.end };
        continue;
      }
      return left;
    }
  }

  private inParens = 0;

  /** Line ends that may be passed to see whether the expression goes on. */
  private gap(): number {
    let i = 0;
    while (this.peek(i).kind === 'nl') i++;
    if (i === 0) return 0;
    const t = this.peek(i);
    if (
      t.kind === 'op' &&
      (t.text === '+' ||
        t.text === '&&' ||
        t.text === '??' ||
        t.text === '||' ||
        (t.text === '.' && (this.language === 'php' || this.language === 'perl')))
    )
      return i;
    return this.inParens > 0 && this.peek(i).kind === 'str' ? i : 0;
  }

  /** Skips `<T, U>` behind a name where a call or `{` follows. */
  private generic(): boolean {
    let depth = 0;
    for (let i = 0; i < 24; i++) {
      const t = this.peek(i);
      if (t.kind === 'op' && t.text === '<') depth++;
      else if (t.kind === 'op' && t.text === '>') {
        depth--;
        if (depth === 0) {
          if (
            !this.is('(', i + 1) &&
            !this.is('{', i + 1) &&
            !this.is('::', i + 1) &&
            this.peek(i + 1).kind !== 'nl' &&
            this.peek(i + 1).kind !== 'id'
          )
            return false;
          this.at += i + 1;
          return true;
        }
      } else if (!(t.kind === 'id' || (t.kind === 'op' && /^[,.?[\]]$/.test(t.text)))) return false;
    }
    return false;
  }

  private unary(): Node {
    const t = this.peek();
    if (t.kind === 'op' && PREFIX_OP.test(t.text)) {
      while (this.peek().kind === 'op' && PREFIX_OP.test(this.peek().text)) this.take();
      return this.postfix(this.primary());
    }
    if (t.kind === 'op' && t.text === '?' && this.language === 'rust') this.take();
    if (
      t.kind === 'id' &&
      (t.text === 'await' ||
        t.text === 'not' ||
        t.text === 'typeof' ||
        t.text === 'try' ||
        t.text === 'clone' ||
        t.text === 'const' ||
        t.text === 'print' ||
        t.text === 'echo' ||
        t.text === 'throw')
    ) {
      this.take();
      return this.unary();
    }
    return this.postfix(this.primary());
  }

  private primary(): Node {
    const t = this.peek();
    if (t.kind === 'str') {
      this.take();
      return { kind: 'string', parts: t.parts ?? [], quote: t.text, start: t.start, end: t.end };
    }
    if (t.kind === 'num') {
      this.take();
      return { kind: 'number', text: t.text, start: t.start, end: t.end };
    }
    if (t.kind === 'id') return this.word();
    if (t.kind === 'op' && this.depth <= MAX_DEPTH) {
      if (t.text === '(') return this.parens();
      if (t.text === '[') return this.collection(']', '[', null);
      if (t.text === '{') return this.collection('}', '{', null);
      if (t.text === '@{') return this.collection('}', '@{', null);
      if (t.text === '@(') return this.collection(')', '[', null);
      if (t.text === ':' && this.language === 'ruby' && this.peek(1).kind === 'id' && this.peek(1).start === t.end) {
        this.take();
        const w = this.take();
        return {
          kind: 'string',
          parts: [{ kind: 'text', text: w.text, start: w.start, end: w.end }],
          quote: ':',
          start: t.start,
          end: w.end,
        };
      }
      if ((t.text === '...' || t.text === '**' || t.text === '..') && this.peek(1).kind !== 'nl') {
        this.take();
        return this.expression();
      }
      if (t.text === '|' && this.language === 'rust') {
        this.take();
        while (this.peek().kind === 'id' || this.is(',')) this.take();
        if (this.is('|')) this.take();
        return this.unary();
      }
      if (t.text === '.' && (this.language === 'swift' || this.language === 'dart') && this.peek(1).kind === 'id') {
        this.take();
        const w = this.take();
        return { kind: 'name', text: w.text, start: t.start, end: w.end };
      }
    }
    if (t.kind !== 'end' && !(t.kind === 'op' && /^[)\]},;:]$/.test(t.text)) && t.kind !== 'nl') this.take();
    return { kind: 'unknown', start: t.start, end: t.kind === 'nl' || t.kind === 'end' ? t.start : t.end };
  }

  private word(): Node {
    const t = this.take();
    if (t.text === 'new' && (this.peek().kind === 'id' || this.is('\\') || this.is('{') || this.is('(')))
      return this.made(t.start);
    if (
      FUNCTIONS.has(t.text) &&
      (this.is('(') || this.is('use') || (this.peek().kind === 'id' && this.is('(', 1) && this.language === 'js'))
    ) {
      if (this.peek().kind === 'id') this.take();
      const params = this.is('(') ? this.params() : [];
      if (t.text === 'fn' && this.is('=>')) {
        this.take();
        const value = this.expression();
        return {
          kind: 'function',
          name: null,
          params,
          body: [{ kind: 'return', value, start: value.start, end: value.end }],
          start: t.start,
          end: value.end,
        };
      }
      return this.body(t.start, null, params);
    }
    if (t.text === 'lambda' && this.language === 'python') {
      const params: string[] = [];
      while (!this.is(':') && this.peek().kind !== 'nl' && this.peek().kind !== 'end') {
        const p = this.take();
        if (p.kind === 'id') params.push(p.text);
      }
      this.take();
      const value = this.expression();
      return { kind: 'function', name: null, params, body: [value], start: t.start, end: value.end };
    }
    if (this.is('=>') && this.arrowLanguage()) return this.arrow(t.start, [t.text]);
    if (this.is('->') && (this.language === 'java' || this.language === 'kotlin')) return this.arrow(t.start, [t.text]);
    return { kind: 'name', text: t.text, start: t.start, end: t.end };
  }

  private arrowLanguage(): boolean {
    return this.language === 'js' || this.language === 'csharp' || this.language === 'dart';
  }

  private arrow(start: number, params: readonly string[]): Node {
    this.take();
    this.blank();
    if (this.is('{')) return this.body(start, null, params);
    const value = this.expression();
    return {
      kind: 'function',
      name: null,
      params,
      body: [{ kind: 'return', value, start: value.start, end: value.end }],
      start,
      end: value.end,
    };
  }

  private made(start: number): Node {
    while (this.is('\\')) this.take();
    let type: Node =
      this.peek().kind === 'id'
        ? { kind: 'name', text: this.peek().text, start: this.peek().start, end: this.peek().end }
        : { kind: 'name', text: '', start, end: start };
    if (this.peek().kind === 'id') this.take();
    while ((this.is('.') || this.is('\\') || this.is('::')) && this.peek(1).kind === 'id') {
      this.take();
      const w = this.take();
      type = { kind: 'name', text: w.text, start: type.start, end: w.end };
    }
    if (this.is('<')) this.generic();
    if (this.is('?')) this.take();
    while (this.is('[') && this.is(']', 1)) this.at += 2;
    let node: Node;
    if (this.is('(')) {
      const args = this.args(')');
      node = {
        kind: 'call',
        callee: type,
        args,
        close: this.peek(-1).start,
        made: true,
        start,
        end: this.peek(-1).end,
      };
    } else node = { kind: 'call', callee: type, args: [], close: type.end, made: true, start, end: type.end };
    let ahead = 0;
    while (this.peek(ahead).kind === 'nl') ahead++;
    if (this.is('{', ahead) && (this.language === 'csharp' || this.language === 'java' || this.language === 'vb')) {
      this.at += ahead;
      const open = this.collection('}', '{', node);
      return open;
    }
    return node;
  }

  private parens(): Node {
    this.depth++;
    const node = this.parenthesised();
    this.depth--;
    return node;
  }

  private parenthesised(): Node {
    const open = this.peek();
    // `(a, b) =>`, `(a) ->`: parameters of a function.
    let depth = 0;
    let i = 0;
    for (; i < 60; i++) {
      const t = this.peek(i);
      if (t.kind === 'end') break;
      if (t.kind === 'op' && t.text === '(') depth++;
      if (t.kind === 'op' && t.text === ')' && --depth === 0) break;
    }
    if (
      (this.is('=>', i + 1) && this.arrowLanguage()) ||
      (this.is('->', i + 1) && (this.language === 'java' || this.language === 'kotlin'))
    )
      return this.arrow(open.start, this.params());
    this.take();
    this.blank();
    if (this.is(')')) {
      const close = this.take();
      return { kind: 'collection', entries: [], open: '(', type: null, start: open.start, end: close.end };
    }
    this.inParens++;
    const first = this.expression();
    this.blank();
    if (this.is(',')) {
      const entries: Entry[] = [{ key: null, value: first, spread: false, start: first.start, end: first.end }];
      while (this.is(',')) {
        this.take();
        this.blank();
        if (this.is(')')) break;
        const v = this.expression();
        entries.push({ key: null, value: v, spread: false, start: v.start, end: v.end });
        this.blank();
      }
      this.inParens--;
      const end = this.is(')') ? this.take().end : this.peek().start;
      return { kind: 'collection', entries, open: '(', type: null, start: open.start, end };
    }
    if (this.is('=>') && this.language === 'perl') {
      this.inParens--;
      this.take();
      this.blank();
      const value = this.expression();
      const rest = this.entries(')', [{ key: first, value, spread: false, start: first.start, end: value.end }]);
      return { kind: 'collection', entries: rest, open: '(', type: null, start: open.start, end: this.peek(-1).end };
    }
    this.inParens--;
    if (this.is(')')) this.take();
    // A cast: `(string) $x`.
    const typed =
      this.language === 'java' ||
      this.language === 'csharp' ||
      this.language === 'kotlin' ||
      /^(?:string|int|array|object|String|byte)$/.test(first.kind === 'name' ? first.text : '');
    if (
      (first.kind === 'name' || first.kind === 'member') &&
      typed &&
      (this.peek().kind === 'id' || this.peek().kind === 'str')
    )
      return this.unary();
    return first;
  }

  private collection(close: string, open: string, type: Node | null): Node {
    const first = this.take();
    const entries = this.entries(close, []);
    return { kind: 'collection', entries, open, type, start: type?.start ?? first.start, end: this.peek(-1).end };
  }

  private entries(close: string, out: Entry[]): Entry[] {
    this.depth++;
    this.inParens++;
    while (this.peek().kind !== 'end') {
      this.blank();
      if (this.is(close)) {
        this.take();
        break;
      }
      if (this.is(',') || this.is(';')) {
        this.take();
        continue;
      }
      if (this.peek().kind === 'op' && /^[)\]}]$/.test(this.peek().text)) break;
      const before = this.at;
      out.push(this.entry());
      if (this.at === before) this.take();
      if (this.depth > MAX_DEPTH) break;
    }
    this.inParens--;
    this.depth--;
    return out;
  }

  private entry(): Entry {
    const t = this.peek();
    if (t.kind === 'op' && (t.text === '...' || (t.text === '*' && this.is('*', 1)))) {
      this.at += t.text === '*' ? 2 : 1;
      if (this.is(',') || this.peek().kind === 'nl' || this.is(']') || this.is('}'))
        return {
          key: null,
          value: { kind: 'unknown', start: t.start, end: t.end },
          spread: true,
          start: t.start,
          end: t.end,
        };
      const value = this.expression();
      return { key: null, value, spread: true, start: t.start, end: value.end };
    }
    const key = this.depth > MAX_DEPTH ? this.primary() : this.ternary();
    this.blank();
    const sep = this.peek();
    if (sep.kind === 'op' && (sep.text === ':' || sep.text === '=>' || sep.text === '=' || sep.text === '->')) {
      this.take();
      this.blank();
      const value = this.expression();
      return { key, value, spread: false, start: key.start, end: value.end };
    }
    if (sep.kind === 'id' && sep.text === 'to' && this.language === 'kotlin') {
      this.take();
      const value = this.expression();
      return { key, value, spread: false, start: key.start, end: value.end };
    }
    return { key: null, value: key, spread: false, start: key.start, end: key.end };
  }

  private args(close: string): Arg[] {
    this.take();
    const out: Arg[] = [];
    this.depth++;
    this.inParens++;
    while (this.peek().kind !== 'end') {
      this.blank();
      if (this.is(close)) {
        this.take();
        break;
      }
      if (this.is(',') || this.is(';')) {
        this.take();
        continue;
      }
      if (this.peek().kind === 'op' && /^[)\]}]$/.test(this.peek().text)) {
        // Not ours: the snippet stops in the middle or brackets do not match.
        if (this.peek().text !== close) this.take();
        break;
      }
      const before = this.at;
      out.push(this.arg());
      if (this.at === before) this.take();
      if (this.depth > MAX_DEPTH) break;
    }
    this.inParens--;
    this.depth--;
    return out;
  }

  private arg(): Arg {
    const t = this.peek();
    if (t.kind === 'id' && (this.is('=', 1) || this.is(':', 1)) && this.named()) {
      this.at += 2;
      this.blank();
      const value = this.expression();
      return { name: t.text, value, start: t.start, end: value.end };
    }
    if (this.is('*') && this.is('*', 1)) {
      this.at += 2;
      const value = this.expression();
      return { name: '**', value, start: t.start, end: value.end };
    }
    const value = this.expression();
    const sep = this.peek();
    if (
      sep.kind === 'op' &&
      (sep.text === '=>' || (sep.text === ':' && this.language !== 'python')) &&
      value.kind !== 'function'
    ) {
      this.take();
      this.blank();
      const v = this.expression();
      const key =
        value.kind === 'string' ? value.parts.map((p) => p.text).join('') : value.kind === 'name' ? value.text : '';
      return { name: key, value: v, start: value.start, end: v.end };
    }
    if (sep.kind === 'id' && sep.text === 'to' && this.language === 'kotlin') {
      this.take();
      const v = this.expression();
      return {
        name: null,
        value: {
          kind: 'collection',
          open: '{',
          type: null,
          entries: [{ key: value, value: v, spread: false, start: value.start, end: v.end }],
          start: value.start,
          end: v.end,
        },
        start: value.start,
        end: v.end,
      };
    }
    return { name: null, value, start: value.start, end: value.end };
  }

  private named(): boolean {
    if (this.is('=', 1)) return this.language === 'python' || this.language === 'kotlin' || this.language === 'ruby';
    return this.language !== 'python' && this.language !== 'go';
  }

  private postfix(node: Node): Node {
    for (;;) {
      const t = this.peek();
      let ahead = 0;
      if (t.kind === 'nl') {
        while (this.peek(ahead).kind === 'nl') ahead++;
        const n = this.peek(ahead);
        const chain =
          n.kind === 'op' &&
          (n.text === '.' || n.text === '->' || n.text === '?.' || n.text === '?->') &&
          this.peek(ahead + 1).kind === 'id';
        const concat = (this.language === 'php' || this.language === 'perl') && n.text === '.';
        if (!chain || concat) return node;
      }
      const op = this.peek(ahead);
      if (op.kind !== 'op') {
        return this.trailing(node);
      }
      const member = op.text === '.' || op.text === '->' || op.text === '?.' || op.text === '?->' || op.text === '::';
      const phpDot = op.text === '.' && (this.language === 'php' || this.language === 'perl');
      if (member && !phpDot) {
        const next = this.peek(ahead + 1);
        const nlAfter = next.kind === 'nl' && op.text === '.';
        if (next.kind === 'id' || nlAfter) {
          this.at += ahead + 1;
          this.blank();
          const w = this.take();
          node = { kind: 'member', object: node, name: w.text, nameStart: w.start, start: node.start, end: w.end };
          continue;
        }
        if (
          next.kind === 'op' &&
          (next.text === '{' || next.text === '[') &&
          (this.language === 'perl' || op.text === '?.')
        ) {
          this.at += ahead + 1;
          continue;
        }
        return node;
      }
      if (ahead > 0) return node;
      if (op.text === '\\' && this.language === 'php' && this.peek(1).kind === 'id') {
        this.take();
        const w = this.take();
        node = { kind: 'name', text: w.text, start: node.start, end: w.end };
        continue;
      }
      if (op.text === '(' && node.kind !== 'string' && node.kind !== 'number' && node.kind !== 'unknown') {
        const args = this.args(')');
        node = {
          kind: 'call',
          callee: node,
          args,
          close: Math.max(node.end, this.peek(-1).start),
          made: false,
          start: node.start,
          end: this.peek(-1).end,
        };
        continue;
      }
      if (
        op.text === '[' &&
        (node.kind === 'name' || node.kind === 'member' || node.kind === 'index' || node.kind === 'call')
      ) {
        this.take();
        this.blank();
        if (this.is(']')) {
          this.take();
          // Go: `[]byte(x)`, PHP: `$a[] = `.
          node = {
            kind: 'index',
            object: node,
            key: { kind: 'unknown', start: node.end, end: node.end },
            start: node.start,
            end: this.peek(-1).end,
          };
          continue;
        }
        const key = this.expression();
        this.blank();
        if (this.is(']')) this.take();
        node = { kind: 'index', object: node, key, start: node.start, end: this.peek(-1).end };
        continue;
      }
      if (
        op.text === '{' &&
        this.language === 'perl' &&
        (node.kind === 'name' || node.kind === 'index' || node.kind === 'member')
      ) {
        this.take();
        const key = this.expression();
        if (this.is('}')) this.take();
        node = { kind: 'index', object: node, key, start: node.start, end: this.peek(-1).end };
        continue;
      }
      if (
        op.text === '<' &&
        node.kind !== 'string' &&
        node.kind !== 'number' &&
        ['java', 'csharp', 'kotlin', 'js', 'swift', 'dart'].includes(this.language) &&
        this.generic()
      )
        continue;
      if (op.text === '{' && this.language === 'js' && node.kind === 'index' && this.inParens > 0) {
        node = this.collection('}', '{', node);
        continue;
      }
      if (
        op.text === '{' &&
        this.language === 'go' &&
        (node.kind === 'member' || node.kind === 'index') &&
        this.peek(1).kind !== 'nl'
      ) {
        node = this.collection('}', '{', node);
        continue;
      }
      if (op.text === '{' && this.language === 'go' && node.kind === 'name' && /^(?:map|string)$/.test(node.text)) {
        node = this.collection('}', '{', node);
        continue;
      }
      if (
        op.text === '{' &&
        this.language === 'go' &&
        (node.kind === 'member' || node.kind === 'index') &&
        this.inParens === 0 &&
        this.peek(1).kind === 'nl'
      ) {
        node = this.collection('}', '{', node);
        continue;
      }
      return this.trailing(node);
    }
  }

  /** Go `map[string]string{…}`, Ruby and Kotlin blocks behind a call. */
  private trailing(node: Node): Node {
    if (this.language === 'go' && node.kind === 'index' && this.peek().kind === 'id' && this.is('{', 1)) {
      this.take();
      return this.collection('}', '{', node);
    }
    const words = this.command(node);
    if (words !== null) return words;
    const block =
      (this.language === 'ruby' &&
        (this.is('{') || this.is('do')) &&
        (node.kind === 'call' || node.kind === 'member')) ||
      ((this.language === 'kotlin' || this.language === 'swift') &&
        this.is('{') &&
        (node.kind === 'call' || node.kind === 'name') &&
        this.inParens + 1 > 0 &&
        node.kind === 'call');
    if (!block) return node;
    const open = this.take();
    const params: string[] = [];
    if (this.is('|')) {
      this.take();
      while (!this.is('|') && this.peek().kind !== 'nl' && this.peek().kind !== 'end') {
        const p = this.take();
        if (p.kind === 'id') params.push(p.text);
      }
      if (this.is('|')) this.take();
    }
    if (this.depth > MAX_DEPTH) return node;
    this.depth++;
    const body = open.text === 'do' ? this.untilEnd() : this.statements('}');
    this.depth--;
    const fn: Node = { kind: 'function', name: null, params, body, start: open.start, end: this.peek(-1).end };
    const args: readonly Arg[] = node.kind === 'call' ? node.args : [];
    const callee = node.kind === 'call' ? node.callee : node;
    return {
      kind: 'call',
      callee,
      args: [...args, { name: null, value: fn, start: fn.start, end: fn.end }],
      close: node.kind === 'call' ? node.close : node.end,
      made: false,
      start: node.start,
      end: fn.end,
    };
  }

  /** Ruby's `req.basic_auth 'u', 's'`: arguments without parentheses. */
  private command(node: Node): Node | null {
    if (this.language !== 'ruby' || node.kind !== 'member' || this.depth > MAX_DEPTH) return null;
    const t = this.peek();
    const symbol =
      t.text === ':' &&
      t.kind === 'op' &&
      this.peek(1).kind === 'id' &&
      this.peek(1).start === t.end &&
      t.start > node.end;
    const word = t.kind === 'id' && !/^(?:if|unless|do|and|or|rescue|end|then|while|until|in|else)$/.test(t.text);
    if (t.kind !== 'str' && !symbol && !word) return null;
    const args: Arg[] = [];
    this.depth++;
    do {
      if (this.is(',')) {
        this.take();
        this.blank();
      }
      args.push(this.arg());
    } while (this.is(',') && args.length < 20);
    this.depth--;
    const end = args.at(-1)?.end ?? node.end;
    return this.trailing({ kind: 'call', callee: node, args, close: end, made: false, start: node.start, end });
  }

  private untilEnd(): Node[] {
    const out: Node[] = [];
    while (this.peek().kind !== 'end') {
      if (this.is('end')) {
        this.take();
        break;
      }
      if (this.peek().kind === 'nl' || (this.peek().kind === 'op' && /^[;{}),\]:]$/.test(this.peek().text))) {
        this.take();
        continue;
      }
      const before = this.at;
      out.push(...this.statement());
      if (this.at === before) this.take();
    }
    return out;
  }
}
