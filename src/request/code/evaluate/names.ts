// Names, members and indexes: what they stand for.

import { valueText } from '../../model';
import { makeValue } from '../../value';
import type { Given, ObjectThing, Thing } from '../things';
import type { Node } from '../tree/node';
import type { Evaluation } from './evaluation';
import { SELF, textThing } from './words';

export function canonicalName(name: string): string {
  return name
    .replace(/^[$@]+(?:\{)?/, '')
    .replace(/\}$/, '')
    .replace(/^(?:script|global):/i, '');
}

export function lookUp(evaluation: Evaluation, name: string, at: { start: number; end: number }): Thing {
  const key = canonicalName(name);
  const found = evaluation.variables.get(key);
  if (found !== undefined) return found;
  // What a method of that name makes is injected under it.
  const bean =
    evaluation.language === 'java' || evaluation.language === 'kotlin' ? evaluation.returns.get(key) : undefined;
  if (bean?.kind === 'object' && bean.origin === 'made') return bean;
  const free = makeObject(name, name, [], null, 'free', at);
  evaluation.variables.set(key, free);
  return free;
}

export function makeObject(
  name: string,
  path: string,
  given: readonly Given[],
  receiver: Thing | null,
  origin: ObjectThing['origin'],
  at: { start: number; end: number },
  close = at.end,
  constructed = false,
): ObjectThing {
  return {
    kind: 'object',
    name,
    path,
    given,
    receiver,
    properties: new Map(),
    deeds: [],
    origin,
    start: at.start,
    end: at.end,
    close,
    constructed,
  };
}

export function isSelf(node: Node): boolean {
  return node.kind === 'name' && SELF.has(node.text);
}

export function evaluateMember(evaluation: Evaluation, node: Node & { kind: 'member' }): Thing {
  if (isSelf(node.object)) {
    const key = canonicalName(node.name);
    const found = evaluation.variables.get(key);
    if (found !== undefined) return found;
    const free = makeObject(node.name, evaluation.source(node), [], null, 'free', node);
    evaluation.variables.set(key, free);
    return free;
  }
  const object = evaluation.run(node.object);
  const constant = classConstant(evaluation, object, node.name) ?? fieldOf(evaluation, object, node.name);
  return constant ?? partOf(object, node.name, node);
}

/** `NicApi.DEFAULT_BASE`: a constant that a class of the snippet defines. */
function classConstant(evaluation: Evaluation, object: Thing, name: string): Thing | null {
  if (object.kind !== 'object' || object.origin !== 'free' || !/^[A-Z]/.test(object.name.replace(/^\$/, '')))
    return null;
  if (!/^[A-Z][A-Z0-9_]*$/.test(name) || object.properties.has(name)) return null;
  const found = evaluation.variables.get(name);
  return found?.kind === 'text' ? found : null;
}

/** `c.base` in a method, where `&Client{base: "https://…"}` or `Client(base="…")` makes the object: only an address is taken. */
function fieldOf(evaluation: Evaluation, object: Thing, name: string): Thing | null {
  if (object.kind !== 'object' || object.origin !== 'free' || object.properties.has(name)) return null;
  if (!/^(?:\w*(?:base|host|endpoint)\w*|\w*ur[il])$/i.test(name)) return null;
  const found = [
    ...evaluation.maps.flatMap((m) => m.entries.filter((e) => valueText(e.key) === name).map((e) => e.value)),
    ...evaluation.made.flatMap((o) => {
      const own = o.properties.get(name) ?? o.given.find((g) => g.name === name)?.value;
      return own === undefined ? [] : [own];
    }),
  ].filter((t) => t.kind === 'text' && /^https?:\/\//i.test(valueText(t.value)));
  if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  return remarked(evaluation, name);
}

/** What a comment says of a name: `// BaseURL = https://…`, `# URL: "https://…"`. */
function remarked(evaluation: Evaluation, name: string): Thing | null {
  const re = new RegExp(
    `(?:\\/\\/|#|--|\\*)[^\\n]{0,60}\\b${name}\\s*(?:=|:|is|->)\\s*["'\`]?(https?:\\/\\/[^\\s"'\`,;)]{1,200})`,
    'i',
  );
  const m = re.exec(evaluation.text);
  if (m?.[1] === undefined) return null;
  const at = m.index + m[0].length - m[1].length;
  return textThing(makeValue([{ kind: 'text', text: m[1], start: at, end: at + m[1].length }], at, at + m[1].length));
}

function partOf(object: Thing, name: string, node: Node): Thing {
  if (object.kind === 'map') {
    const entry = object.entries.findLast((e) => valueText(e.key) === name);
    if (entry !== undefined) return entry.value;
  }
  if (object.kind !== 'object') return makeObject(name, name, [], object, 'member', node);
  const found = object.properties.get(name);
  if (found !== undefined) return found;
  const child = makeObject(name, `${object.path}.${name}`, [], object, 'member', node);
  object.properties.set(name, child);
  return child;
}

export function evaluateIndex(evaluation: Evaluation, node: Node & { kind: 'index' }): Thing {
  const object = evaluation.run(node.object);
  const key = evaluation.run(node.key);
  const name = valueText(evaluation.valueOf(key));
  if (object.kind === 'list' && /^\d+$/.test(name)) return object.items[Number(name)] ?? evaluation.unknown(node);
  if (object.kind === 'object' && object.origin !== 'made') {
    const found = object.properties.get(name);
    return found ?? makeObject(name, evaluation.source(node), [], object, 'member', node);
  }
  if (object.kind === 'map')
    return object.entries.findLast((e) => valueText(e.key) === name)?.value ?? evaluation.unknown(node);
  return evaluation.unknown(node);
}
