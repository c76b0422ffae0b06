// Calls and methods: what they give and what they do to an object.

import { valueText } from '../../model';
import { flat, makeValue } from '../../value';
import type { Deed, Given, ListThing, MapEntry, MapThing, Thing } from '../things';
import type { Arg, Node } from '../tree/node';
import type { Evaluation } from './evaluation';

const ADDERS = new Set([
  'set',
  'add',
  'append',
  'put',
  'insert',
  'tryadd',
  'store',
  'addorupdate',
  '__setitem__',
  'update',
  'tryaddwithoutvalidation',
  'offer',
  'setdefault',
]);

const MERGERS = new Set(['update', 'putall', 'merge', 'merge!', 'addall', 'assign', 'setall', 'extend', 'array_merge']);

const PUSHERS = new Set(['push', 'append', 'add', 'array_push', 'append!', '<<']);

function givenOf(evaluation: Evaluation, args: readonly Arg[]): Given[] {
  return args.map((a) => {
    if (a.name === '**') return { name: '**', value: evaluation.run(a.value), start: a.start, end: a.end };
    return { name: a.name, value: evaluation.run(a.value), start: a.start, end: a.end };
  });
}

export function evaluateCall(evaluation: Evaluation, node: Node & { kind: 'call' }): Thing {
  const { callee } = node;
  if (callee.kind === 'member' && !evaluation.isSelf(callee.object)) {
    const receiver = evaluation.run(callee.object);
    const given = givenOf(evaluation, node.args);
    return evaluateMethod(evaluation, receiver, callee.name, callee.nameStart, given, node);
  }
  const name = callee.kind === 'name' ? callee.text : callee.kind === 'member' ? callee.name : '';
  const holder = callee.kind === 'call' || callee.kind === 'index' ? evaluation.run(callee) : null;
  const given = givenOf(evaluation, node.args);
  if (evaluation.language === 'php' && name === 'define' && given.length >= 2 && given[0]?.value.kind === 'text') {
    const constant = valueText(given[0].value.value);
    if (given[1] !== undefined) evaluation.variables.set(constant, given[1].value);
  }
  if (/^array_(?:merge|replace)(?:_recursive)?$/.test(name) && given.some((g) => g.value.kind === 'map'))
    return mergedMaps(given, node);
  const setting = name === 'config' ? settingOf(evaluation, given[0]?.value) : null;
  if (setting !== null) return setting;
  const known = evaluation.returns.get(name);
  if (known !== undefined && !node.made) return known;
  if (
    /^(?:array|dict|HashMap|Map|hashMapOf|mapOf|mutableMapOf|LinkedHashMap|TreeMap|LinkedMultiValueMap|object)$/.test(
      name,
    )
  ) {
    const map = asMap(evaluation, given, node);
    if (map !== null) return map;
  }
  if (/^(?:array|List|listOf|arrayOf|arrayListOf|setOf)$/.test(name)) return listOf(given, node);
  const free = callee.kind === 'name' ? evaluation.variables.get(evaluation.canonical(name)) : undefined;
  if (free?.kind === 'function' && free.result !== null) return free.result;
  const result = evaluation.object(name, name, given, holder, 'made', node, node.close, node.made);
  evaluation.made.push(result);
  const first = given[0]?.value;
  const deed: Deed = {
    name,
    nameStart: callee.start,
    given: given.slice(1),
    result,
    kind: 'call',
    start: node.start,
    end: node.end,
  };
  if (first?.kind === 'object' && /setopt|_set_|_add_/i.test(name)) first.deeds.push(deed);
  if (free?.kind === 'object' && free.origin === 'made') free.deeds.push({ ...deed, given });
  evaluation.functions.at(-1)?.deeds.push({ ...deed, given });
  return result;
}

/** `array(a, b)`, `List.of(a, b)`; another item is written behind the last. */
function listOf(given: readonly Given[], node: Node): ListThing {
  const [first] = given;
  const last = given.at(-1);
  return {
    kind: 'list',
    items: given.map((g) => g.value),
    places: [...given],
    open: false,
    literal: first === undefined || last === undefined ? null : { start: first.start, end: last.end },
    start: node.start,
    end: node.end,
  };
}

/** Laravel's `config('services.x.url')`, from the array of the file that stands in the snippet; only an address is taken. */
function settingOf(evaluation: Evaluation, key: Thing | undefined): Thing | null {
  if (key?.kind !== 'text') return null;
  const last = valueText(key.value).split('.').at(-1) ?? '';
  for (const map of evaluation.maps) {
    const found = map.entries.find((e) => valueText(e.key) === last)?.value;
    if (found !== undefined && /^https?:\/\//i.test(flat(evaluation.valueOf(found)))) return found;
  }
  return null;
}

/** Maps put together, in order; what is no map in view leaves the whole open. */
function mergedMaps(given: readonly Given[], node: Node): MapThing {
  const maps = given.map((g) => g.value).filter((t) => t.kind === 'map');
  const [first] = maps;
  return {
    kind: 'map',
    entries: maps.flatMap((m) => m.entries),
    open:
      given.some((g) => g.value.kind !== 'map' && !(g.value.kind === 'list' && g.value.items.length === 0)) ||
      maps.some((m) => m.open),
    literal: first?.literal ?? null,
    separator: first?.separator ?? '',
    start: node.start,
    end: node.end,
  };
}

/** `array('a' => 1)`, `dict(a=1)`, `Map.of("a", 1)`. */
function asMap(evaluation: Evaluation, given: readonly Given[], node: Node): MapThing | null {
  if (given.length === 0)
    return { kind: 'map', entries: [], open: false, literal: null, separator: '', start: node.start, end: node.end };
  const entries: MapEntry[] = [];
  let named = 0;
  for (const g of given) {
    if (g.name !== null && g.name !== '**') {
      named++;
      const from = g.start + (/["'`]/.test(evaluation.text[g.start] ?? '') ? 1 : 0);
      const key = { start: from, end: from + g.name.length };
      entries.push({
        key: makeValue([{ kind: 'text', text: g.name, ...key }], key.start, key.end),
        value: g.value,
        place: g,
        start: g.start,
        end: g.end,
      });
    } else if (g.value.kind === 'map') {
      named++;
      entries.push(...g.value.entries);
    }
  }
  if (named === 0) return null;
  const last = given.at(-1)?.end ?? node.end;
  return {
    kind: 'map',
    entries,
    open: named < given.length,
    literal: { start: given[0]?.start ?? node.start, end: last },
    separator: evaluation.language === 'php' ? '=>' : '=',
    start: node.start,
    end: node.end,
  };
}

function evaluateMethod(
  evaluation: Evaluation,
  receiver: Thing,
  name: string,
  nameStart: number,
  given: Given[],
  node: Node & { kind: 'call' },
): Thing {
  const lower = name.toLowerCase();
  const [a, b] = given;
  if (receiver.kind === 'map') {
    if (given.length === 2 && a !== undefined && b !== undefined && ADDERS.has(lower)) {
      receiver.entries.push({ key: evaluation.valueOf(a.value), value: b.value, place: b, start: a.start, end: b.end });
      return receiver;
    }
    if (a !== undefined && MERGERS.has(lower)) {
      if (a.value.kind === 'map') receiver.entries.push(...a.value.entries);
      else receiver.open = true;
      return receiver;
    }
    if (a !== undefined && (lower === 'get' || lower === 'fetch') && given.length <= 2) {
      const found = receiver.entries.findLast((e) => valueText(e.key) === valueText(evaluation.valueOf(a.value)));
      if (found !== undefined) return found.value;
    }
  }
  if (receiver.kind === 'list' && a !== undefined && PUSHERS.has(lower)) {
    receiver.items.push(a.value);
    receiver.places.push(a);
    return receiver;
  }
  if (receiver.kind === 'object' && receiver.name === 'Object' && lower === 'assign') {
    return mergedMaps(given, node);
  }
  if (receiver.kind === 'object' && (receiver.name === 'Map' || receiver.name === 'List') && lower === 'of') {
    if (receiver.name === 'List') return listOf(given, node);
    const entries: MapEntry[] = [];
    for (let i = 0; i + 1 < given.length; i += 2) {
      const [k, v] = [given[i], given[i + 1]];
      if (k !== undefined && v !== undefined)
        entries.push({ key: evaluation.valueOf(k.value), value: v.value, place: v, start: k.start, end: v.end });
    }
    return { kind: 'map', entries, open: false, literal: null, separator: ',', start: node.start, end: node.end };
  }
  const path = receiver.kind === 'object' ? `${receiver.path}.${name}` : name;
  const defined = evaluation.returns.get(name);
  if (defined !== undefined && receiver.kind === 'object' && receiver.origin !== 'made') return defined;
  const result = evaluation.object(name, path, given, receiver, 'made', node, node.close, name === 'new' || node.made);
  evaluation.made.push(result);
  if (receiver.kind === 'object')
    receiver.deeds.push({
      name,
      nameStart,
      given,
      result,
      kind: 'call',
      start: Math.max(node.start, receiver.kind === 'object' && receiver.end < nameStart ? node.start : node.start),
      end: node.end,
    });
  evaluation.functions
    .at(-1)
    ?.deeds.push({ name, nameStart, given, result, kind: 'call', start: node.start, end: node.end });
  return result;
}
