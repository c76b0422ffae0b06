// One node of any kind.

import { valueText } from '../../model';
import { joinValues, makeValue } from '../../value';
import { formatted } from '../strings';
import type { Thing } from '../things';
import type { Arg, Node } from '../tree/node';
import type { Evaluation } from './evaluation';
import { textThing } from './words';

/** Of several calls the one that shows most: plain words and names rather than variables. */
function noteSite(evaluation: Evaluation, name: string, args: readonly Arg[]): void {
  const shown = (list: readonly Arg[]): number =>
    list.filter(
      (a) =>
        (a.value.kind === 'string' && !a.value.parts.some((p) => /:\/\//.test(p.text))) ||
        a.value.kind === 'number' ||
        a.value.kind === 'collection',
    ).length;
  const before = evaluation.sites.get(name);
  if (before === undefined || shown(args) >= shown(before)) evaluation.sites.set(name, args);
}

/** Notes the first call of each name, so that a function's parameters are known when its body is read. */
export function scanCalls(evaluation: Evaluation, nodes: readonly Node[]): void {
  const stack: Node[] = [...nodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'call') {
      const name =
        node.callee.kind === 'name' ? node.callee.text : node.callee.kind === 'member' ? node.callee.name : null;
      if (name !== null && node.args.length > 0) noteSite(evaluation, name, node.args);
    }
    stack.push(...childrenOf(node));
  }
}

/** Constants that a file defines below their use, or beside it: a name that is given a plain string once and nothing else. */
export function hoistConstants(evaluation: Evaluation, nodes: readonly Node[]): void {
  const given = new Map<string, Node | null>();
  for (const node of nodes) {
    if (node.kind !== 'assign' || node.target.kind !== 'name') continue;
    const name = evaluation.canonical(node.target.text);
    const plain = node.value.kind === 'string' && node.value.parts.every((p) => p.kind === 'text');
    given.set(name, plain && !given.has(name) && node.op !== '+=' && node.op !== '.=' ? node.value : null);
  }
  for (const [name, node] of given)
    if (node?.kind === 'string') evaluation.variables.set(name, evaluation.string(node));
}

/** Files stand in a paste in any order: what a name is given below its only uses (`export const client = axios.create(…)`) is read first. */
export function inOrder(nodes: readonly Node[]): Node[] {
  const used = new Set<string>();
  const assigned = new Set<string>();
  const first: Node[] = [];
  const rest: Node[] = [];
  for (const node of nodes) {
    const name = node.kind === 'assign' && node.target.kind === 'name' ? node.target.text : null;
    const makes = node.kind === 'assign' && (node.value.kind === 'call' || node.value.kind === 'collection');
    if (name !== null && makes && used.has(name) && !assigned.has(name) && !mentions(node, used)) first.push(node);
    else rest.push(node);
    if (name !== null) assigned.add(name);
    for (const n of namesIn(node)) used.add(n);
  }
  return first.length === 0 ? [...nodes] : [...first, ...rest];
}

/** It is made of names that were given something before: moved up, it would not know them. */
function mentions(node: Node & { kind: 'assign' }, used: ReadonlySet<string>): boolean {
  const target = node.target.kind === 'name' ? node.target.text : '';
  return [...namesIn(node.value)].some((n) => n !== target && used.has(n) && !/^[A-Z]|^(?:axios|got|ky)$/.test(n));
}

function namesIn(node: Node): Set<string> {
  const out = new Set<string>();
  const stack: Node[] = [node];
  for (let n = stack.pop(); n !== undefined && out.size < 400; n = stack.pop()) {
    if (n.kind === 'name') out.add(n.text);
    stack.push(...childrenOf(n));
  }
  return out;
}

function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case 'call':
      return [node.callee, ...node.args.map((a) => a.value)];
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.key];
    case 'collection':
      return [...node.entries.map((e) => e.value), ...(node.type === null ? [] : [node.type])];
    case 'binary':
      return [node.left, node.right];
    case 'assign':
      return [node.target, node.value];
    case 'either':
      return [...node.options];
    case 'function':
      return [...node.body];
    case 'return':
      return [node.value];
    default:
      return [];
  }
}

export function run(evaluation: Evaluation, node: Node): Thing {
  if (evaluation.depth > 80) return evaluation.unknown(node);
  evaluation.depth++;
  try {
    return evaluateNode(evaluation, node);
  } finally {
    evaluation.depth--;
  }
}

function evaluateNode(evaluation: Evaluation, node: Node): Thing {
  switch (node.kind) {
    case 'string':
      return evaluation.string(node);
    case 'number':
      return textThing(
        makeValue(
          [{ kind: 'text', text: node.text.replace(/_|[LlfFdDmMu]+$/g, ''), start: node.start, end: node.end }],
          node.start,
          node.end,
        ),
      );
    case 'name':
      return evaluation.lookUp(node.text, node);
    case 'member':
      return evaluation.member(node);
    case 'index':
      return evaluation.index(node);
    case 'call':
      return evaluation.call(node);
    case 'collection':
      return evaluation.collection(node);
    case 'binary':
      return evaluateBinary(evaluation, node);
    case 'assign':
      return evaluation.assign(node);
    case 'either': {
      const options = node.options.map((o) => run(evaluation, o));
      return (
        options.find((o) => o.kind === 'map' || o.kind === 'list') ??
        // A default that is an address in view is where the request goes.
        options.findLast((o) => o.kind === 'text' && /^https?:\/\//i.test(valueText(o.value))) ??
        evaluation.unknown(node)
      );
    }
    case 'function':
      return evaluation.define(node);
    case 'return': {
      const value = run(evaluation, node.value);
      if (evaluation.current !== null) evaluation.returns.set(evaluation.current, value);
      const fn = evaluation.functions.at(-1);
      if (fn !== undefined) fn.result = value;
      return value;
    }
    default:
      return evaluation.unknown(node);
  }
}

function evaluateBinary(evaluation: Evaluation, node: Node & { kind: 'binary' }): Thing {
  const left = run(evaluation, node.left);
  const right = run(evaluation, node.right);
  if (node.op === '+' || node.op === '.' || node.op === '&' || node.op === '..') {
    if (left.kind === 'map' && right.kind === 'map') return { ...left, entries: [...left.entries, ...right.entries] };
    const parts = [left, right].map((t) => evaluation.concatenated(t));
    return { kind: 'text', value: joinValues(parts, node.start, node.end), start: node.start, end: node.end };
  }
  if (node.op === '|' && left.kind === 'map' && right.kind === 'map')
    return { ...left, entries: [...left.entries, ...right.entries] };
  if (node.op === '%' && left.kind === 'text') {
    const value = formatted(
      left.value,
      right.kind === 'list'
        ? right.items.map((i) => evaluation.valueOf(i))
        : right.kind === 'map'
          ? []
          : [evaluation.valueOf(right)],
    );
    if (value !== null)
      return {
        kind: 'text',
        value: { ...value, start: node.start, end: node.end },
        start: node.start,
        end: node.end,
      };
  }
  if (node.op === '<<' && left.kind === 'list') {
    left.items.push(right);
    left.places.push(node.right);
    return left;
  }
  return evaluation.unknown(node);
}
