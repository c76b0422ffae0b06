// Names of methods that several parts know.

import type { Value } from '../../model';
import type { Text } from '../things';

export const SELF = new Set(['this', 'self', '$this', 'Me', 'cls', 'me']);

export function textThing(value: Value): Text {
  return { kind: 'text', value, start: value.start, end: value.end };
}
