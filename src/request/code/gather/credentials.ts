// Credentials given to the client itself.

import { type Edit, type Value, valueText } from '../../model';
import { flat, sliceValue } from '../../value';
import { type Deed, type Given, type Thing, slotName } from '../things';
import type { Gathering } from './gathering';

export function gatherAuth(gathering: Gathering, thing: Thing, given: readonly Given[], at: Deed, name: string): void {
  if (given.length >= 2 && given.every((g) => g.value.kind !== 'map')) return gatherBasic(gathering, given, at);
  const write = (n: string, v: Value): Edit[] | null => gathering.editor.replaceAuth(at, n, v);
  if (thing.kind === 'list' && thing.items.length >= 2) {
    const [u, p] = thing.items.map((i) => gathering.reading.valueOf(i));
    const digest =
      thing.items[2] !== undefined && /digest|ntlm/i.test(valueText(gathering.reading.valueOf(thing.items[2])));
    gathering.credentials.push({
      role: digest ? 'digest' : 'basic',
      user: u ?? null,
      secret: p ?? null,
      start: at.start,
      end: at.end,
      write,
    });
  } else if (thing.kind === 'map') {
    const part = (re: RegExp): Value | null => {
      const e = thing.entries.find((x) => re.test(valueText(x.key)));
      return e === undefined ? null : gathering.reading.valueOf(e.value);
    };
    const [user, secret] = [part(/user|login/i), part(/pass|secret/i)];
    const bearer = part(/bearer|token/i);
    if (user !== null || secret !== null)
      gathering.credentials.push({ role: 'basic', user, secret, start: at.start, end: at.end, write });
    else if (bearer !== null)
      gathering.credentials.push({ role: 'bearer', user: null, secret: bearer, start: at.start, end: at.end, write });
  } else if (thing.kind === 'object' && /basic|digest|networkcredential/i.test(thing.path)) {
    const values = thing.given.map((g) => gathering.reading.valueOf(g.value));
    gathering.credentials.push({
      role: /digest/i.test(thing.path) ? 'digest' : 'basic',
      user: values[0] ?? null,
      secret: values[1] ?? null,
      // Where it is made says what it is.
      start: thing.end <= at.start ? thing.start : at.start,
      end: thing.end <= at.start ? thing.end : at.end,
      write,
    });
  } else if (thing.kind === 'text' && /^basic$/i.test(flat(thing.value))) {
    gathering.credentials.push({ role: 'basic', user: null, secret: null, start: at.start, end: at.end, write });
  } else if (thing.kind === 'text' && /[:]/.test(flat(thing.value)) && !/^curlopt/.test(slotName(name))) {
    const s = flat(thing.value);
    gathering.credentials.push({
      role: 'basic',
      user: sliceValue(thing.value, 0, s.indexOf(':')),
      secret: sliceValue(thing.value, s.indexOf(':') + 1, s.length),
      start: at.start,
      end: at.end,
      write,
    });
  } else if (!(thing.kind === 'object' && /^(?:null|none|nil|false|no)$/i.test(thing.name))) gathering.unseen();
}

export function gatherBasic(gathering: Gathering, given: readonly Given[], at: Deed): void {
  const values = given
    .filter((g) => !/auth_?type|scheme/i.test(g.name ?? ''))
    .map((g) => gathering.reading.valueOf(g.value));
  let [user, secret] = values;
  if (values.length === 1 && user !== undefined) {
    if (given[0]?.value.kind === 'map') return gatherAuth(gathering, given[0].value, [], at, '');
    if (given[0]?.value.kind === 'list') return gatherAuth(gathering, given[0].value, [], at, '');
    const s = flat(user);
    const colon = s.indexOf(':');
    if (colon >= 0) [user, secret] = [sliceValue(user, 0, colon), sliceValue(user, colon + 1, s.length)];
  }
  gathering.credentials.push({
    role: 'basic',
    user: user ?? null,
    secret: secret ?? null,
    start: at.start,
    end: at.end,
    write: (n, v) => gathering.editor.replaceAuth(at, n, v),
  });
}
