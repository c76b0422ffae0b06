// Shapes of the tree. Imports nothing that runs.

import type { StringPart } from '../string-tokens';

export interface At {
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
