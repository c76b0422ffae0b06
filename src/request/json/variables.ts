// Variables that a collection or an environment defines for its own requests.

import type { Node } from 'jsonc-parser';

import type { Value } from '../model';
import { holds } from '../value';
import { type Doc, get, isOff, rowOf } from './document';

const MOST = 500;

/** Names with their values; secrets stay variables, so that they are never written out. */
export function variablesOf(doc: Doc, root: Node): Map<string, Value> {
  const out = new Map<string, Value>();
  const put = (key: Node | undefined, v: Node | undefined): void => {
    if (key === undefined || v?.type !== 'string' || out.size > MOST || String(v.value) === '') return;
    const value = doc.value(v);
    if (value.known && !holds(value, 'secret')) out.set(String(key.value), value);
  };
  const walk = (n: Node, depth: number): void => {
    if (depth > 12) return;
    if (n.type === 'object') {
      for (const key of ['variable', 'variables', 'values'])
        for (const row of get(n, key)?.children ?? [])
          if (row.type === 'object' && isOff(row) === null) {
            const [k, v] = rowOf(row);
            put(k, v ?? get(row, /^(?:currentValue|initialValue)$/));
          }
      if (get(n, '_type')?.value === 'environment')
        for (const member of get(n, 'data')?.children ?? []) put(member.children?.[0], member.children?.[1]);
    }
    for (const c of n.children ?? []) walk(c, depth + 1);
  };
  walk(root, 0);
  return out;
}
