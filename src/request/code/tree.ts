// The expressions of a snippet: one tolerant grammar for all languages; what it does not know is skipped, never an error.

import type { Language } from './language';
import type { Token } from './string-tokens';
import { tokenize } from './tokens';
import { readArgs, readPostfix } from './tree/calls';
import { readCmdlet } from './tree/cmdlets';
import { readCollection, readEntries } from './tree/collections';
import { isGeneric, readExpression, readTernary, readUnary } from './tree/expressions';
import type { Arg, Entry, Node } from './tree/node';
import { readPrimary } from './tree/operands';
import type { Reader } from './tree/reader';
import { readBody, readParams, readStatement, readStatements } from './tree/statements';

/** Parses a stretch of text into its statements, flat: blocks of control flow are read as if they were not there. */
export function parseCode(text: string, start: number, end: number, language: Language): Node[] {
  return new TokenReader(tokenize(text, start, end, language), language).statements(null);
}

class TokenReader implements Reader {
  at = 0;
  depth = 0;
  constructor(
    readonly tokens: readonly Token[],
    readonly language: Language,
  ) {}
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as Token;
  }
  is(text: string, ahead = 0): boolean {
    const t = this.peek(ahead);
    return (t.kind === 'op' || t.kind === 'id') && t.text === text;
  }
  take(): Token {
    const t = this.peek();
    if (this.at < this.tokens.length - 1) this.at++;
    return t;
  }
  blank(): void {
    while (this.peek().kind === 'nl') this.at++;
  }
  inParens = 0;

  expression(): Node {
    return readExpression(this);
  }

  cmdlet(): Node {
    return readCmdlet(this);
  }

  postfix(node: Node): Node {
    return readPostfix(this, node);
  }

  primary(): Node {
    return readPrimary(this);
  }

  collection(close: string, open: string, type: Node | null): Node {
    return readCollection(this, close, open, type);
  }

  unary(): Node {
    return readUnary(this);
  }

  params(): string[] {
    return readParams(this);
  }

  body(start: number, name: string | null, params: readonly string[]): Node {
    return readBody(this, start, name, params);
  }

  generic(): boolean {
    return isGeneric(this);
  }

  args(close: string): Arg[] {
    return readArgs(this, close);
  }

  entries(close: string, out: Entry[]): Entry[] {
    return readEntries(this, close, out);
  }

  ternary(): Node {
    return readTernary(this);
  }

  statements(close: string | null): Node[] {
    return readStatements(this, close);
  }

  statement(): Node[] {
    return readStatement(this);
  }
}
