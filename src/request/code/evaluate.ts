// Reads the statements of a snippet in order, as a person does: variables above, what was done to which object, what a call was given.

import type { Language } from './language';
import type { Deed, FunctionThing, Given, MapEntry, MapThing, ObjectThing, Text, Thing } from './things';
import { parseCode, type Arg, type Entry, type Node } from './tree';
import { formatted, stringMethod } from './strings';
import { joinValues, makeValue, plainPieces, unknownValue } from '../value';
import type { Piece, Value } from '../model';
import { valueText } from '../model';

const SELF = new Set(['this', 'self', '$this', 'Me', 'cls', 'me']);
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

/** Everything a snippet made, in order. */
export interface Reading {
  readonly made: readonly ObjectThing[];
  readonly maps: readonly MapThing[];
  readonly variables: ReadonlyMap<string, Thing>;
  /** Things that stand for a whole query inside a URL, by the piece that names them. */
  readonly embedded: ReadonlyMap<Piece, Thing>;
  readonly language: Language;
  readonly text: string;
  valueOf(thing: Thing): Value;
}

/** Reads the stretch of text as code. */
export function readCode(text: string, start: number, end: number, language: Language): Reading {
  const evaluator = new Evaluator(text, language);
  const nodes = parseCode(text, start, end, language);
  evaluator.scan(nodes);
  for (const node of nodes) evaluator.run(node);
  return evaluator.reading();
}

class Evaluator {
  private readonly variables = new Map<string, Thing>();
  private readonly made: ObjectThing[] = [];
  private readonly maps: MapThing[] = [];
  private readonly embedded = new Map<Piece, Thing>();
  private readonly returns = new Map<string, Thing>();
  private readonly sites = new Map<string, readonly Arg[]>();
  private readonly functions: FunctionThing[] = [];
  private current: string | null = null;
  private depth = 0;
  private readonly values = new Map<Thing, Value>();

  constructor(
    private readonly text: string,
    private readonly language: Language,
  ) {}

  reading(): Reading {
    return {
      made: this.made,
      maps: this.maps,
      variables: this.variables,
      embedded: this.embedded,
      language: this.language,
      text: this.text,
      valueOf: (t) => this.valueOf(t),
    };
  }

  /** Notes the first call of each name, so that a function's parameters are known when its body is read. */
  scan(nodes: readonly Node[]): void {
    const stack: Node[] = [...nodes];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      switch (node.kind) {
        case 'call': {
          const name =
            node.callee.kind === 'name' ? node.callee.text : node.callee.kind === 'member' ? node.callee.name : null;
          if (name !== null && node.args.length > 0) this.sites.set(name, node.args);
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

  run(node: Node): Thing {
    if (this.depth > 80) return this.unknown(node);
    this.depth++;
    try {
      return this.evaluate(node);
    } finally {
      this.depth--;
    }
  }

  private evaluate(node: Node): Thing {
    switch (node.kind) {
      case 'string':
        return this.string(node);
      case 'number':
        return text(
          makeValue(
            [{ kind: 'text', text: node.text.replace(/_|[LlfFdDmMu]+$/g, ''), start: node.start, end: node.end }],
            node.start,
            node.end,
          ),
        );
      case 'name':
        return this.lookUp(node.text, node);
      case 'member':
        return this.member(node);
      case 'index':
        return this.index(node);
      case 'call':
        return this.call(node);
      case 'collection':
        return this.collection(node);
      case 'binary':
        return this.binary(node);
      case 'assign':
        return this.assign(node);
      case 'either': {
        const options = node.options.map((o) => this.run(o));
        return options.find((o) => o.kind === 'map' || o.kind === 'list') ?? this.unknown(node);
      }
      case 'function':
        return this.define(node);
      case 'return': {
        const value = this.run(node.value);
        if (this.current !== null) this.returns.set(this.current, value);
        const fn = this.functions.at(-1);
        if (fn !== undefined) fn.result = value;
        return value;
      }
      default:
        return this.unknown(node);
    }
  }

  private unknown(node: Node): Text {
    return text(unknownValue(this.source(node), node.start, node.end));
  }

  private source(at: { start: number; end: number }): string {
    return this.text.slice(at.start, Math.min(at.end, at.start + 300));
  }

  private string(node: Node & { kind: 'string' }): Thing {
    const pieces: Piece[] = [];
    for (const p of node.parts) {
      if (p.kind === 'text') {
        if (p.end - p.start === p.text.length) pieces.push(...plainPieces(this.text, p.start, p.end, 'none'));
        else pieces.push({ kind: 'text', text: p.text, start: p.start, end: p.end });
        continue;
      }
      const [inner] = parseCode(this.text, p.start, p.end, this.language);
      const thing = inner === undefined ? null : this.run(inner);
      if (thing === null) pieces.push({ kind: 'variable', text: this.source(p), start: p.start, end: p.end });
      else pieces.push(...this.pieces(thing, p));
    }
    return { kind: 'text', value: makeValue(pieces, node.start, node.end), start: node.start, end: node.end };
  }

  /** Pieces of a thing inside a string; a map or object that stands for a query stays findable. */
  private pieces(thing: Thing, at: { start: number; end: number }): readonly Piece[] {
    const value = this.valueOf(thing);
    if (thing.kind === 'text') return value.pieces;
    for (const p of value.pieces)
      if (p.kind === 'variable' && thing.kind === 'object' && !this.embedded.has(p)) this.embedded.set(p, thing);
    if (value.pieces.length > 0) return value.pieces;
    const piece: Piece = { kind: 'variable', text: this.source(at), start: at.start, end: at.end };
    this.embedded.set(piece, thing);
    return [piece];
  }

  private canonical(name: string): string {
    return name
      .replace(/^[$@]+(?:\{)?/, '')
      .replace(/\}$/, '')
      .replace(/^(?:script|global):/i, '');
  }

  private lookUp(name: string, at: { start: number; end: number }): Thing {
    const key = this.canonical(name);
    const found = this.variables.get(key);
    if (found !== undefined) return found;
    const free = this.object(name, name, [], null, 'free', at);
    this.variables.set(key, free);
    return free;
  }

  private object(
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

  private isSelf(node: Node): boolean {
    return node.kind === 'name' && SELF.has(node.text);
  }

  private member(node: Node & { kind: 'member' }): Thing {
    if (this.isSelf(node.object)) {
      const key = this.canonical(node.name);
      const found = this.variables.get(key);
      if (found !== undefined) return found;
      const free = this.object(node.name, this.source(node), [], null, 'free', node);
      this.variables.set(key, free);
      return free;
    }
    const object = this.run(node.object);
    return this.part(object, node.name, node);
  }

  private part(object: Thing, name: string, node: Node): Thing {
    if (object.kind === 'map') {
      const entry = object.entries.findLast((e) => valueText(e.key) === name);
      if (entry !== undefined) return entry.value;
    }
    if (object.kind !== 'object') return this.object(name, name, [], object, 'member', node);
    const found = object.properties.get(name);
    if (found !== undefined) return found;
    const child = this.object(name, `${object.path}.${name}`, [], object, 'member', node);
    object.properties.set(name, child);
    return child;
  }

  private index(node: Node & { kind: 'index' }): Thing {
    const object = this.run(node.object);
    const key = this.run(node.key);
    const name = valueText(this.valueOf(key));
    if (object.kind === 'list' && /^\d+$/.test(name)) return object.items[Number(name)] ?? this.unknown(node);
    if (object.kind === 'object' && object.origin !== 'made') {
      const found = object.properties.get(name);
      return found ?? this.object(name, this.source(node), [], object, 'member', node);
    }
    if (object.kind === 'map')
      return object.entries.findLast((e) => valueText(e.key) === name)?.value ?? this.unknown(node);
    return this.unknown(node);
  }

  private given(args: readonly Arg[]): Given[] {
    return args.map((a) => {
      if (a.name === '**') return { name: '**', value: this.run(a.value), start: a.start, end: a.end };
      return { name: a.name, value: this.run(a.value), start: a.start, end: a.end };
    });
  }

  private call(node: Node & { kind: 'call' }): Thing {
    const { callee } = node;
    if (callee.kind === 'member' && !this.isSelf(callee.object)) {
      const receiver = this.run(callee.object);
      const given = this.given(node.args);
      return this.method(receiver, callee.name, callee.nameStart, given, node);
    }
    const name = callee.kind === 'name' ? callee.text : callee.kind === 'member' ? callee.name : '';
    const holder = callee.kind === 'call' || callee.kind === 'index' ? this.run(callee) : null;
    const given = this.given(node.args);
    const known = this.returns.get(name);
    if (known !== undefined && !node.made) return known;
    if (
      /^(?:array|dict|HashMap|Map|hashMapOf|mapOf|mutableMapOf|LinkedHashMap|TreeMap|LinkedMultiValueMap|object)$/.test(
        name,
      )
    ) {
      const map = this.asMap(given, node);
      if (map !== null) return map;
    }
    if (/^(?:array|List|listOf|arrayOf|arrayListOf|setOf)$/.test(name))
      return {
        kind: 'list',
        items: given.map((g) => g.value),
        places: [...given],
        open: false,
        literal: null,
        start: node.start,
        end: node.end,
      };
    const free = callee.kind === 'name' ? this.variables.get(this.canonical(name)) : undefined;
    if (free?.kind === 'function' && free.result !== null) return free.result;
    const result = this.object(name, name, given, holder, 'made', node, node.close, node.made);
    this.made.push(result);
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
    this.functions.at(-1)?.deeds.push({ ...deed, given });
    return result;
  }

  /** `array('a' => 1)`, `dict(a=1)`, `Map.of("a", 1)`. */
  private asMap(given: readonly Given[], node: Node): MapThing | null {
    if (given.length === 0)
      return { kind: 'map', entries: [], open: false, literal: null, separator: '', start: node.start, end: node.end };
    const entries: MapEntry[] = [];
    let named = 0;
    for (const g of given) {
      if (g.name !== null && g.name !== '**') {
        named++;
        entries.push({
          key: makeValue(
            [{ kind: 'text', text: g.name, start: g.start, end: g.start + g.name.length }],
            g.start,
            g.start + g.name.length,
          ),
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
      separator: this.language === 'php' ? '=>' : '=',
      start: node.start,
      end: node.end,
    };
  }

  private method(
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
        receiver.entries.push({ key: this.valueOf(a.value), value: b.value, place: b, start: a.start, end: b.end });
        return receiver;
      }
      if (a !== undefined && MERGERS.has(lower)) {
        if (a.value.kind === 'map') receiver.entries.push(...a.value.entries);
        else receiver.open = true;
        return receiver;
      }
      if (a !== undefined && (lower === 'get' || lower === 'fetch') && given.length <= 2) {
        const found = receiver.entries.findLast((e) => valueText(e.key) === valueText(this.valueOf(a.value)));
        if (found !== undefined) return found.value;
      }
    }
    if (receiver.kind === 'list' && a !== undefined && PUSHERS.has(lower)) {
      receiver.items.push(a.value);
      receiver.places.push(a);
      return receiver;
    }
    if (receiver.kind === 'object' && receiver.name === 'Object' && lower === 'assign') {
      const merged: MapThing = {
        kind: 'map',
        entries: [],
        open: false,
        literal: null,
        separator: ':',
        start: node.start,
        end: node.end,
      };
      for (const g of given) if (g.value.kind === 'map') merged.entries.push(...g.value.entries);
      return merged;
    }
    if (receiver.kind === 'object' && (receiver.name === 'Map' || receiver.name === 'List') && lower === 'of') {
      if (receiver.name === 'List')
        return {
          kind: 'list',
          items: given.map((g) => g.value),
          places: [...given],
          open: false,
          literal: null,
          start: node.start,
          end: node.end,
        };
      const entries: MapEntry[] = [];
      for (let i = 0; i + 1 < given.length; i += 2) {
        const [k, v] = [given[i], given[i + 1]];
        if (k !== undefined && v !== undefined)
          entries.push({ key: this.valueOf(k.value), value: v.value, place: v, start: k.start, end: v.end });
      }
      return { kind: 'map', entries, open: false, literal: null, separator: ',', start: node.start, end: node.end };
    }
    const path = receiver.kind === 'object' ? `${receiver.path}.${name}` : name;
    const defined = this.returns.get(name);
    if (defined !== undefined && receiver.kind === 'object' && receiver.origin !== 'made') return defined;
    const result = this.object(name, path, given, receiver, 'made', node, node.close, name === 'new' || node.made);
    this.made.push(result);
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
    this.functions
      .at(-1)
      ?.deeds.push({ name, nameStart, given, result, kind: 'call', start: node.start, end: node.end });
    return result;
  }

  private collection(node: Node & { kind: 'collection' }): Thing {
    const type = node.type === null ? null : node.type.kind === 'call' ? this.run(node.type) : this.typeName(node.type);
    const typeName = type === null ? '' : typeof type === 'string' ? type : type.kind === 'object' ? type.name : '';
    if (
      type !== null &&
      typeof type !== 'string' &&
      type.kind === 'object' &&
      !/dictionary|map|list|hashtable|values|^$|collection|\[\]/i.test(typeName)
    ) {
      this.initialise(type, node.entries);
      return type;
    }
    const keyed =
      node.entries.some((e) => e.key !== null) ||
      node.open === '@{' ||
      (node.open === '{' && this.language !== 'java' && !/list|string|\[\]/i.test(typeName));
    const literal = { start: node.start, end: node.entries.at(-1)?.end ?? node.start + 1 };
    if (!keyed) {
      const items = node.entries.map((e) => this.run(e.value));
      const pairs = this.pairs(items, node.entries);
      if (pairs !== null)
        return {
          kind: 'map',
          entries: pairs,
          open: node.entries.some((e) => e.spread),
          literal,
          separator: ',',
          start: node.start,
          end: node.end,
        };
      return {
        kind: 'list',
        items,
        places: node.entries.map((e) => e.value),
        open: node.entries.some((e) => e.spread),
        literal,
        start: node.start,
        end: node.end,
      };
    }
    const entries: MapEntry[] = [];
    let open = false;
    let separator = '';
    for (const e of node.entries) {
      if (e.key === null) {
        const value = this.run(e.value);
        if (e.spread || e.value.kind === 'unknown') {
          if (value.kind === 'map') entries.push(...value.entries);
          else open = true;
        } else if (e.value.kind === 'name')
          entries.push({
            key: makeValue([{ kind: 'text', text: e.value.text, start: e.start, end: e.end }], e.start, e.end),
            value,
            place: e,
            start: e.start,
            end: e.end,
          });
        else if (value.kind === 'list' && value.items.length === 2) {
          const [k, v] = value.items;
          if (k !== undefined && v !== undefined)
            entries.push({ key: this.valueOf(k), value: v, place: v, start: e.start, end: e.end });
        } else if (value.kind === 'object' && value.given.length === 2) {
          const [k, v] = value.given;
          if (k !== undefined && v !== undefined)
            entries.push({ key: this.valueOf(k.value), value: v.value, place: v, start: e.start, end: e.end });
        } else if (value.kind === 'map') entries.push(...value.entries);
        else open = true;
        continue;
      }
      separator = /=>|:|=|->/.exec(this.text.slice(e.key.end, e.value.start))?.[0] ?? separator;
      entries.push({ key: this.key(e.key), value: this.run(e.value), place: e.value, start: e.start, end: e.end });
    }
    const map: MapThing = { kind: 'map', entries, open, literal, separator, start: node.start, end: node.end };
    this.maps.push(map);
    return map;
  }

  /** Lists of pairs, `[("a", "b"), …]` and C#'s `{ "a", "b" }`. */
  private pairs(items: readonly Thing[], entries: readonly Entry[]): MapEntry[] | null {
    if (items.length === 0) return null;
    const out: MapEntry[] = [];
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      const at = entries[i];
      if (item?.kind !== 'list' || item.items.length !== 2 || at === undefined) return null;
      const [k, v] = item.items;
      if (k?.kind !== 'text' || v === undefined) return null;
      out.push({ key: k.value, value: v, place: v, start: at.start, end: at.end });
    }
    return out;
  }

  private key(node: Node): Value {
    if (node.kind === 'name')
      return makeValue([{ kind: 'text', text: node.text, start: node.start, end: node.end }], node.start, node.end);
    if (node.kind === 'collection' && node.entries.length === 1 && node.entries[0] !== undefined) {
      const inner = node.entries[0].value;
      return this.valueOf(this.run(inner));
    }
    if (node.kind === 'member')
      return makeValue([{ kind: 'text', text: node.name, start: node.start, end: node.end }], node.start, node.end);
    return this.valueOf(this.run(node));
  }

  private typeName(node: Node): string {
    if (node.kind === 'name') return node.text;
    if (node.kind === 'member') return node.name;
    return this.source(node);
  }

  private initialise(object: ObjectThing, entries: readonly Entry[]): void {
    for (const e of entries) {
      if (e.key === null) {
        this.run(e.value);
        continue;
      }
      const name = e.key.kind === 'name' ? e.key.text : valueText(this.key(e.key));
      this.setPart(object, name, this.run(e.value), e, e.value);
    }
  }

  private setPart(
    object: ObjectThing,
    name: string,
    value: Thing,
    at: { start: number; end: number },
    place: { start: number; end: number },
  ): void {
    object.properties.set(name, value);
    object.deeds.push({
      name,
      nameStart: at.start,
      given: [{ name: null, value, start: place.start, end: place.end }],
      result: null,
      kind: 'set',
      start: at.start,
      end: at.end,
    });
  }

  private binary(node: Node & { kind: 'binary' }): Thing {
    const left = this.run(node.left);
    const right = this.run(node.right);
    if (node.op === '+' || node.op === '.' || node.op === '&' || node.op === '..') {
      if (left.kind === 'map' && right.kind === 'map') return { ...left, entries: [...left.entries, ...right.entries] };
      const parts = [left, right].map((t) => this.concatenated(t));
      return { kind: 'text', value: joinValues(parts, node.start, node.end), start: node.start, end: node.end };
    }
    if (node.op === '%' && left.kind === 'text') {
      const value = formatted(
        left.value,
        right.kind === 'list'
          ? right.items.map((i) => this.valueOf(i))
          : right.kind === 'map'
            ? []
            : [this.valueOf(right)],
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
    return this.unknown(node);
  }

  private concatenated(thing: Thing): Value {
    if (thing.kind === 'text') return thing.value;
    const pieces = this.pieces(thing, thing);
    return makeValue(pieces, thing.start, thing.end, this.valueOf(thing).via);
  }

  private assign(node: Node & { kind: 'assign' }): Thing {
    const { target } = node;
    let value = this.run(node.value);
    const at = { start: node.start, end: node.end };
    if (node.op === '+=' || node.op === '.=') {
      const before = this.run(target);
      if (before.kind === 'list') {
        before.items.push(value);
        before.places.push(node.value);
        return before;
      }
      if (before.kind === 'text')
        value = {
          kind: 'text',
          value: joinValues([before.value, this.concatenated(value)], before.start, node.end),
          start: before.start,
          end: node.end,
        };
    }
    if (target.kind === 'name') this.variables.set(this.canonical(target.text), value);
    else if (target.kind === 'member') {
      if (this.isSelf(target.object)) this.variables.set(this.canonical(target.name), value);
      else {
        const object = this.run(target.object);
        if (object.kind === 'object') this.setPart(object, target.name, value, at, node.value);
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
    } else if (target.kind === 'index') this.assignIndex(target, value, at, node.value);
    return value;
  }

  private assignIndex(
    target: Node & { kind: 'index' },
    value: Thing,
    at: { start: number; end: number },
    place: { start: number; end: number },
  ): void {
    const object = this.run(target.object);
    if (target.key.kind === 'unknown') {
      if (object.kind === 'list') {
        object.items.push(value);
        object.places.push(place);
      } else if (object.kind === 'map' && object.entries.length === 0 && target.object.kind === 'name') {
        this.variables.set(this.canonical(target.object.text), {
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
    const key = this.key(target.key);
    if (object.kind === 'map') object.entries.push({ key, value, place, ...at });
    else if (object.kind === 'list' && object.items.length === 0 && target.object.kind === 'name') {
      this.variables.set(this.canonical(target.object.text), {
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
          { name: null, value: text(key), start: key.start, end: key.end },
          { name: null, value, start: place.start, end: place.end },
        ],
        ...at,
      });
    }
  }

  private define(node: Node & { kind: 'function' }): Thing {
    if (node.name !== null) {
      const site = this.sites.get(node.name);
      this.current = node.name;
      node.params.forEach((p, i) => {
        const key = this.canonical(p);
        const offset = node.params[0] === 'self' ? 1 : 0;
        const arg = site?.find((a) => a.name === key) ?? site?.filter((a) => a.name === null)[i - offset];
        if (SELF.has(p)) return;
        const value = arg === undefined ? null : this.run(arg.value);
        const useful =
          value !== null &&
          (value.kind === 'map' ||
            value.kind === 'list' ||
            value.kind === 'function' ||
            (value.kind === 'text' && value.value.known));
        if (useful) this.variables.set(key, value);
        else this.variables.set(key, this.object(p, p, [], null, 'free', { start: node.start, end: node.end }));
      });
      return { kind: 'function', params: [], deeds: [], result: null, start: node.start, end: node.end };
    }
    const params = node.params.map((p) =>
      this.object(p, p, [], null, 'free', { start: node.start, end: node.start + p.length }),
    );
    node.params.forEach((p, i) => {
      const object = params[i];
      if (object !== undefined) this.variables.set(this.canonical(p), object);
    });
    const fn: FunctionThing = { kind: 'function', params, deeds: [], result: null, start: node.start, end: node.end };
    const outer = this.current;
    this.functions.push(fn);
    for (const n of node.body) this.run(n);
    this.functions.pop();
    this.current = outer;
    return fn;
  }

  /** The text that a thing comes to, unknown parts as variables. */
  valueOf(thing: Thing): Value {
    if (thing.kind === 'text') return thing.value;
    const before = this.values.get(thing);
    if (before !== undefined) return before;
    this.values.set(thing, unknownValue(this.source(thing), thing.start, thing.end));
    const value = this.compute(thing);
    this.values.set(thing, value);
    return value;
  }

  private compute(thing: Exclude<Thing, Text>): Value {
    if (thing.kind === 'list') {
      const [only] = thing.items;
      if (thing.items.length === 1 && only !== undefined) return this.valueOf(only);
    }
    if (thing.kind === 'object') {
      const made = stringMethod(thing, (t) => this.concatenated(t));
      if (made !== null) return { ...made, start: thing.start, end: thing.end };
      if (thing.origin === 'free') return unknownValue(thing.path, thing.start, thing.end);
    }
    return unknownValue(this.source(thing), thing.start, thing.end);
  }
}

function text(value: Value): Text {
  return { kind: 'text', value, start: value.start, end: value.end };
}
