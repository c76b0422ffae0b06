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
    switch (node.kind) {
      case 'call': {
        const name =
          node.callee.kind === 'name' ? node.callee.text : node.callee.kind === 'member' ? node.callee.name : null;
        if (name !== null && node.args.length > 0) noteSite(evaluation, name, node.args);
        stack.push(node.callee, ...node.args.map((a) => a.value));
        break;
      }
      case 'member':
        stack.push(node.object);
        break;
      case 'index':
        stack.push(node.object, node.key);
        break;
      case 'collection':
        for (const e of node.entries) stack.push(e.value);
        if (node.type !== null) stack.push(node.type);
        break;
      case 'binary':
        stack.push(node.left, node.right);
        break;
      case 'assign':
        stack.push(node.target, node.value);
        break;
      case 'either':
        stack.push(...node.options);
        break;
      case 'function':
        stack.push(...node.body);
        break;
      case 'return':
        stack.push(node.value);
        break;
      default:
    }
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
