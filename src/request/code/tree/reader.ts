// The reader of tokens as the parts of the grammar see it.

import type { Language } from '../language';
import type { Token } from '../string-tokens';
import type { Arg, Entry, Node } from './node';

/** What the parts of the grammar share: where reading stands, and each other. */
export interface Reader {
  at: number;
  depth: number;
  readonly tokens: readonly Token[];
  readonly language: Language;
  inParens: number;
  peek(ahead?: number): Token;
  is(text: string, ahead?: number): boolean;
  take(): Token;
  blank(): void;
  expression(): Node;
  cmdlet(): Node;
  postfix(node: Node): Node;
  primary(): Node;
  collection(close: string, open: string, type: Node | null): Node;
  unary(): Node;
  params(): string[];
  body(start: number, name: string | null, params: readonly string[]): Node;
  generic(): boolean;
  args(close: string): Arg[];
  entries(close: string, out: Entry[]): Entry[];
  ternary(): Node;
  statements(close: string | null): Node[];
  statement(): Node[];
}
