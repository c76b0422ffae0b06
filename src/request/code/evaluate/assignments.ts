// Assignments, and functions with what is given to them.

import { valueText } from '../../model';
import { joinValues, makeValue } from '../../value';
import type { FunctionThing, MapEntry, Thing } from '../things';
import type { Arg, Node } from '../tree/node';
import type { Evaluation } from './evaluation';
import { SELF, textThing } from './words';

export function evaluateAssign(evaluation: Evaluation, node: Node & { kind: 'assign' }): Thing {
  const { target } = node;
  let value = evaluation.run(node.value);
  const at = { start: node.start, end: node.end };
  if (node.op === '+=' || node.op === '.=') {
    const before = evaluation.run(target);
    if (before.kind === 'list') {
      before.items.push(value);
      before.places.push(node.value);
      return before;
    }
    if (before.kind === 'text')
      value = {
        kind: 'text',
        value: joinValues([before.value, evaluation.concatenated(value)], before.start, node.end),
        start: before.start,
        end: node.end,
      };
  }
  if (target.kind === 'name') evaluation.variables.set(evaluation.canonical(target.text), value);
  else if (target.kind === 'member') {
    if (evaluation.isSelf(target.object)) evaluation.variables.set(evaluation.canonical(target.name), value);
    else {
      const object = evaluation.run(target.object);
      if (object.kind === 'object') evaluation.setPart(object, target.name, value, at, node.value);
      else if (object.kind === 'map')
        object.entries.push({
          key: makeValue(
            [{ kind: 'text', text: target.name, start: target.nameStart, end: target.end }],
            target.nameStart,
            target.end,
          ),
          value,
          place: node.value,
          start: node.start,
          end: node.end,
        });
    }
  } else if (target.kind === 'index') evaluateAssignIndex(evaluation, target, value, at, node.value);
  return value;
}

function evaluateAssignIndex(
  evaluation: Evaluation,
  target: Node & { kind: 'index' },
  value: Thing,
  at: { start: number; end: number },
  place: { start: number; end: number },
): void {
  const object = evaluation.run(target.object);
  if (target.key.kind === 'unknown') {
    if (object.kind === 'list') {
      object.items.push(value);
      object.places.push(place);
    } else if (object.kind === 'map' && object.entries.length === 0 && target.object.kind === 'name') {
      evaluation.variables.set(evaluation.canonical(target.object.text), {
        kind: 'list',
        items: [value],
        places: [value],
        open: false,
        literal: null,
        ...at,
      });
    }
    return;
  }
  const key = evaluation.key(target.key);
  if (object.kind === 'map') object.entries.push({ key, value, place, ...at });
  else if (object.kind === 'list' && object.items.length === 0 && target.object.kind === 'name') {
    evaluation.variables.set(evaluation.canonical(target.object.text), {
      kind: 'map',
      entries: [{ key, value, place, ...at }],
      open: false,
      literal: null,
      separator: '',
      ...at,
    });
  } else if (object.kind === 'object') {
    object.properties.set(valueText(key), value);
    object.deeds.push({
      name: '[]=',
      nameStart: at.start,
      kind: 'set',
      result: null,
      given: [
        { name: null, value: textThing(key), start: key.start, end: key.end },
        { name: null, value, start: place.start, end: place.end },
      ],
      ...at,
    });
  }
}

/** `**kw`: what a call gives by names that the function does not list. */
function restOf(
  evaluation: Evaluation,
  site: readonly Arg[] | undefined,
  params: readonly string[],
  at: { start: number; end: number },
): Thing {
  const named = (site ?? []).filter((a) => a.name !== null && a.name !== '**' && !params.includes(a.name));
  const entries = named.map((a): MapEntry => {
    const key = { start: a.start, end: a.start + (a.name ?? '').length };
    return {
      key: makeValue([{ kind: 'text', text: a.name ?? '', ...key }], key.start, key.end),
      value: evaluation.run(a.value),
      place: a.value,
      start: a.start,
      end: a.end,
    };
  });
  const [first] = named;
  const last = named.at(-1);
  return {
    kind: 'map',
    entries,
    open: site === undefined || site.some((a) => a.name === '**'),
    literal: first === undefined || last === undefined ? null : { start: first.start, end: last.end },
    separator: '=',
    start: first?.start ?? at.start,
    end: last?.end ?? at.end,
  };
}

/** A parameter that nobody hands over in view. One that is called as a module of another language is no module. */
function parameter(evaluation: Evaluation, name: string, at: { start: number; end: number }): Thing {
  const own = /^(?:http|https|client|rest|url)$/.test(name) && evaluation.language !== 'js' ? `${name}Parameter` : name;
  return evaluation.object(own, name, [], null, 'free', { start: at.start, end: at.end });
}

export function define(evaluation: Evaluation, node: Node & { kind: 'function' }): Thing {
  if (node.name !== null) {
    const site = evaluation.sites.get(node.name);
    evaluation.current = node.name;
    node.params.forEach((p, i) => {
      if (p.startsWith('**'))
        return void evaluation.variables.set(p.slice(2), restOf(evaluation, site, node.params, node));
      const key = evaluation.canonical(p);
      const offset = node.params[0] === 'self' ? 1 : 0;
      const arg = site?.find((a) => a.name === key) ?? site?.filter((a) => a.name === null)[i - offset];
      if (SELF.has(p)) return;
      const value = arg === undefined ? null : evaluation.run(arg.value);
      const useful =
        value !== null &&
        (value.kind === 'map' ||
          value.kind === 'list' ||
          value.kind === 'function' ||
          (value.kind === 'text' && (value.value.known || value.value.pieces.some((q) => /[=/]/.test(q.text)))));
      if (useful) evaluation.variables.set(key, value);
      else evaluation.variables.set(key, parameter(evaluation, p, node));
    });
    return { kind: 'function', params: [], deeds: [], result: null, start: node.start, end: node.end };
  }
  const params = node.params.map((p) =>
    evaluation.object(p, p, [], null, 'free', { start: node.start, end: node.start + p.length }),
  );
  node.params.forEach((p, i) => {
    const object = params[i];
    if (object !== undefined) evaluation.variables.set(evaluation.canonical(p), object);
  });
  const fn: FunctionThing = { kind: 'function', params, deeds: [], result: null, start: node.start, end: node.end };
  const outer = evaluation.current;
  evaluation.functions.push(fn);
  for (const n of node.body) evaluation.run(n);
  evaluation.functions.pop();
  evaluation.current = outer;
  return fn;
}
