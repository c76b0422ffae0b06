// Objects: what they were made of, what was done to them, where they came from.

import { type Value, valueText } from '../../model';
import { flat } from '../../value';
import { type Slot, isSend, slotOf } from '../slots';
import type { Deed, MapEntry, MapThing, ObjectThing, Thing } from '../things';
import type { Gathering } from './gathering';
import { BUDGET, MODULE } from './makers';

/** Everything that hangs on an object: what it was made of, what was done to it, and where it came from. */
export function gatherObject(gathering: Gathering, object: ObjectThing, context: Slot | null): void {
  if (gathering.seen.has(object) || gathering.steps++ > BUDGET) return;
  if (object !== gathering.sender && gathering.events.has(object)) return;
  gathering.seen.add(object);
  if (object.origin !== 'free') gathering.note(object);
  gathering.words.push(object.path, object.name);
  const [module] = object.given;
  if (object.name === 'require' && module?.value.kind === 'text') {
    gathering.words.push(flat(module.value.value));
    gathering.modules.push(module.value.value);
    return;
  }
  if (object.origin === 'made') gatherMade(gathering, object, context);
  const { receiver } = object;
  if (receiver !== null) gatherReceiver(gathering, receiver, object);
  if (object.origin === 'free') {
    if (MODULE.test(object.name.replace(/^\$(?=\w)/, ''))) {
      for (const [name, value] of object.properties)
        if (value.kind === 'object' && value.origin === 'member')
          gatherDefaults(gathering, value, slotOf(name), /^[A-Z]/.test(name));
      return;
    }
  }
  if (gathering.sender !== null && isModulePart(object)) return gatherModulePart(gathering, object);
  const own = context ?? (object.origin === 'member' ? slotOf(object.name) : null);
  for (const deed of object.deeds) gathering.deed(deed, own);
  for (const [name, value] of object.properties) {
    if (value.kind === 'object' && value.origin === 'member')
      gatherObject(gathering, value, own === 'headers' ? 'headers' : (slotOf(name) ?? own));
  }
}

/** `Net::HTTP`, `urllib.request`: all calls of a snippet go through it, so what others were given is not ours. */
function isModulePart(object: ObjectThing): boolean {
  let at: Thing | null = object;
  while (at?.kind === 'object' && at.origin === 'member') at = at.receiver;
  return (
    object.origin === 'member' &&
    at?.kind === 'object' &&
    at.origin === 'free' &&
    MODULE.test(at.name.replace(/^\$(?=\w)/, '')) &&
    !/^(?:defaults|headers|options|common)$/i.test(object.name)
  );
}

/** Only what was set on it, and the block in which our call stands. */
function gatherModulePart(gathering: Gathering, object: ObjectThing): void {
  const { sender } = gathering;
  for (const deed of object.deeds) {
    const block = deed.given.find((g) => g.value.kind === 'function')?.value;
    const around = block !== undefined && sender !== null && block.start <= sender.start && sender.end <= block.end;
    if (deed.kind === 'set' || around) gathering.deed(deed, null);
  }
  for (const [name, value] of object.properties)
    if (value.kind === 'object' && value.origin === 'member') gatherDefaults(gathering, value, slotOf(name), true);
}

/** `axios.defaults.headers.common[…] = …`: only what was set, never what was sent. */
function gatherDefaults(gathering: Gathering, object: ObjectThing, context: Slot | null, onlySet = false): void {
  if (gathering.seen.has(object)) return;
  gathering.seen.add(object);
  for (const deed of object.deeds)
    if (deed.kind === 'set' || (!onlySet && !isSend(deed.name))) gathering.deed(deed, context);
  for (const [name, value] of object.properties)
    if (value.kind === 'object' && value.origin === 'member')
      gatherDefaults(gathering, value, slotOf(name) ?? context, onlySet);
}

function gatherReceiver(gathering: Gathering, receiver: Thing, child: ObjectThing): void {
  if (receiver.kind === 'text') {
    if (
      child === gathering.sender ||
      (child.origin === 'made' && /^https?:\/\//i.test(flat(gathering.reading.valueOf(receiver))))
    )
      gatherText(gathering, receiver, null);
    return;
  }
  if (receiver.kind === 'map') {
    for (const e of receiver.entries) gatherEntry(gathering, e.key, e.value, e, null);
    return;
  }
  if (receiver.kind !== 'object') return;
  // A client that is handed in and set up in view is as good as one that is made there.
  const handed = /^\w+Parameter$/.test(receiver.name);
  if (
    receiver.origin === 'free' &&
    !handed &&
    !MODULE.test(receiver.name.replace(/^\$(?=\w)/, '')) &&
    child.origin === 'made'
  )
    gathering.freeReceiver = true;
  gatherObject(gathering, receiver, null);
}

function gatherMade(gathering: Gathering, object: ObjectThing, context: Slot | null): void {
  if (object.name === 'HTTPConnection') {
    const at = gathering.reading.text.indexOf(object.name, object.start);
    if (at >= 0 && at < object.end) gathering.plain = { start: at, end: at + 4 };
    const port = object.given[1]?.value;
    if (port?.kind === 'text' && /^\d+$/.test(flat(port.value))) gathering.port = port.value;
  }
  // `new URL(rest, base)`: one address, not two.
  if ((/^(?:ur[il]|urljoin|joinpath)$/i.test(object.name) || object.path === 'URI.join') && object.given.length >= 2) {
    const address = gathering.reading.valueOf(object);
    if (/^https?:\/\//i.test(flat(address))) {
      for (const g of object.given) gathering.seen.add(g.value);
      return;
    }
  }
  // Dart: `Uri.https(host, path, query)`.
  const [host, path, query] = object.given;
  if (/^Uri\.https?$/.test(object.path) && host?.value.kind === 'text') {
    const word = gathering.reading.text.indexOf('Uri.http', object.start) + 4;
    if (object.path === 'Uri.http' && word > 3 && word < object.end) gathering.plain = { start: word, end: word + 4 };
    gathering.addresses.push({ value: gathering.reading.valueOf(host.value), slot: 'host', thing: host.value });
    if (path !== undefined)
      gathering.addresses.push({ value: gathering.reading.valueOf(path.value), slot: 'path', thing: path.value });
    if (query !== undefined) gathering.params(query.value, 'query');
    return;
  }
  const after = object.receiver === null || object.receiver.end > object.end ? object.start : object.receiver.end;
  const nameStart = gathering.reading.text.indexOf(object.name, Math.max(after, object.start));
  const asDeed: Deed = {
    name: object.name,
    nameStart: nameStart < 0 || nameStart > object.end ? object.start : nameStart,
    given: object.given,
    result: object,
    kind: 'call',
    start: object.start,
    end: object.end,
  };
  gathering.deed(asDeed, context, object);
}

export function gatherFunction(gathering: Gathering, fn: Thing, context: Slot | null): void {
  if (fn.kind !== 'function' || gathering.seen.has(fn)) return;
  gathering.seen.add(fn);
  for (const p of fn.params) {
    for (const deed of p.deeds) gathering.deed(deed, context);
    for (const [name, value] of p.properties)
      if (value.kind === 'object' && value.origin === 'member') gatherObject(gathering, value, slotOf(name) ?? context);
  }
  for (const deed of fn.deeds)
    if (!(deed.result?.kind === 'object' && (gathering.seen.has(deed.result) || gathering.events.has(deed.result))))
      gathering.deed(
        deed,
        context,
        deed.result?.kind === 'object' && deed.result.receiver !== null ? deed.result : null,
      );
}

export function gatherText(gathering: Gathering, thing: Thing, slot: Slot | null): void {
  const value = gathering.reading.valueOf(thing);
  const s = flat(value);
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(s)) {
    gathering.method ??= s.toUpperCase();
    return;
  }
  if (
    /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(s) ||
    /^[/?]/.test(s) ||
    /^(?:[\w-]+\/)*v\d[\w.]*\/?(?:[?#]|$)|^[\w-]+\/(?:[?#]|$)/.test(s) ||
    /^[\uE000][^ ]*[?/]/.test(s) ||
    slot !== null ||
    s === '' ||
    /^(?:[\w-]+\.)+[a-z]{2,}(?:[/:?]|$)/i.test(s)
  )
    gathering.addresses.push({ value, slot, thing });
}

export function hasSlots(map: MapThing): boolean {
  return map.entries.some((e) => {
    const key = valueText(e.key);
    const slot = slotOf(key);
    if (slot === null || (slot === 'ignore' && e.value.kind === 'text'))
      return /^(?:timeout|http_errors|verify|cache|signal|credentials|redirect)$/.test(key);
    return slot !== 'method' || e.value.kind !== 'text' || /^(?:GET|POST|PUT)$/i.test(flat(e.value.value));
  });
}

export function looksHeaders(map: MapThing): boolean {
  return map.entries.some((e) => /^(?:authori[sz]ation|content[-_]?type|accept)$/i.test(valueText(e.key)));
}

export function gatherMap(gathering: Gathering, map: MapThing, context: Slot | null): void {
  if (gathering.seen.has(map)) return;
  gathering.seen.add(map);
  gathering.note(map);
  if (map.open) markUnseen(gathering);
  if (context === null) gathering.editor.options ??= map;
  if (context === null) gatherLogin(gathering, map);
  for (const e of map.entries) gatherEntry(gathering, e.key, e.value, e, context);
}

/** Clients that make Basic of `username` and `password` among their options. */
const LOGIN_OPTIONS = /(?:^|\s)(?:got|needle)\b|\bajax\b/;

/** Options that are nothing but a login. */
export function isLogin(gathering: Gathering, map: MapThing): boolean {
  return (
    gathering.reading.language === 'js' &&
    gathering.words.some((w) => LOGIN_OPTIONS.test(w)) &&
    map.entries.some((e) => /^pass(?:word)?$/.test(valueText(e.key))) &&
    map.entries.every(
      (e) => /^(?:user(?:name)?|pass(?:word)?)$/.test(valueText(e.key)) || slotOf(valueText(e.key)) !== null,
    )
  );
}

function gatherLogin(gathering: Gathering, map: MapThing): void {
  if (gathering.reading.language !== 'js' || !gathering.words.some((w) => LOGIN_OPTIONS.test(w))) return;
  const user = map.entries.find((e) => /^user(?:name)?$/.test(valueText(e.key)));
  const secret = map.entries.find((e) => /^pass(?:word)?$/.test(valueText(e.key)));
  if (secret === undefined) return;
  const parts = user === undefined ? [secret] : [user, secret].sort((a, b) => a.start - b.start);
  gathering.credentials.push({
    role: 'basic',
    user: user === undefined ? null : gathering.reading.valueOf(user.value),
    secret: gathering.reading.valueOf(secret.value),
    start: parts[0]?.start ?? secret.start,
    end: parts.at(-1)?.end ?? secret.end,
    write: (name, value) => {
      if (parts.length === map.entries.length && gathering.editor.options === map)
        gathering.editor.options = { ...map, entries: [] };
      const added = gathering.editor.addHeader(name, value);
      return added === null ? null : [...parts.flatMap((p) => gathering.editor.removeEntry(p, map)), ...added];
    },
  });
}

export function gatherEntry(gathering: Gathering, key: Value, value: Thing, at: MapEntry, context: Slot | null): void {
  const name = valueText(key);
  if (context === 'headers')
    return gathering.headerPair({ kind: 'text', value: key, start: key.start, end: key.end }, value, at, at.place);
  const slot = slotOf(name);
  if (slot !== null)
    gathering.slot(slot, name, [{ name: null, value, start: at.place.start, end: at.place.end }], {
      name,
      nameStart: key.start,
      given: [],
      result: null,
      kind: 'set',
      start: at.start,
      end: at.end,
    });
  else if (value.kind === 'map' && hasSlots(value)) gatherMap(gathering, value, null);
}

/** Headers or options come from something that the text does not show. */
export function markUnseen(gathering: Gathering): void {
  gathering.hiddenHeaders = true;
}
