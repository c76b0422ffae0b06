// Checks a field that a person typed into a form against its normal form.
import { canonicalAddress, findAddresses } from '../extract/address';
import type { Engine } from '../engine';
import { createView } from '../extract/view';
import { TIMEZONE } from '../ask/missing';
import { findZone } from './answer-moment';
import { fieldOf } from './answer-scene';

export type Checked = { readonly value: string; readonly timezoneMissing?: boolean } | { readonly fault: string };

/** Names of files that were handed over; the contract's field that no text is read for. */
export const ATTACHMENTS = 'attachments';
const MOST_FILES = 20;
/** A file's name: no folder, no control character. */
const FILE = /^[^\\/\p{Cc}]{1,200}$/u;
const MOST_UNITS = 1000;
const ISO =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(Z|[+-]\d{2}:[0-5]\d)?)?$/;

/** Names separated by commas, each once; null where one is none. */
function checkAttachments(text: string): Checked | null {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  return names.length > 0 && names.length <= MOST_FILES && names.every((name) => FILE.test(name))
    ? { value: names.join(', ') }
    : null;
}

/**
 * The normal form of a typed value, or `fault`: the sentence that says why it is none (never repeating it). null: there is no such field.
 * Takes redacted text.
 */
export function checkField(key: string, given: string, engine: Engine, language: string): Checked | null {
  const field = fieldOf(engine, key);
  if (field === undefined && key !== TIMEZONE && key !== ATTACHMENTS) return null;
  const { talk, warnings } = engine.textsOf(language);
  const fault = (name: string): Checked => ({
    fault: (talk[name] ?? warnings[name] ?? name).replaceAll('{value}', '…'),
  });
  const text = given.trim();
  if (text === '' || text.length > MOST_UNITS) return fault('noUse');
  if (key === ATTACHMENTS) return checkAttachments(text) ?? fault('noUse');
  if (field === undefined) return findZone(text, engine, language) === null ? fault('badZone') : { value: text };
  switch (field.form) {
    case 'ip': {
      const value = canonicalAddress(text);
      if (value === null) return fault('badIp');
      return findAddresses(createView(value))[0]?.inside === true ? fault('privateAddress') : { value };
    }
    case 'timestamp': {
      const match = ISO.exec(text);
      if (match === null || Number.isNaN(Date.parse(text))) return fault('badTime');
      return { value: text, timezoneMissing: text.includes('T') && match[1] === undefined };
    }
    case 'url':
      return /^https?:\/\/[^\s"'<>]{3,}$/i.test(text) ? { value: text } : fault('badUrl');
    case 'domain':
      return /^(?:[\p{L}\p{M}\d](?:[\p{L}\p{M}\d-]{0,61}[\p{L}\p{M}\d])?\.){1,8}[\p{L}\p{M}\d-]{2,63}$/u.test(text)
        ? { value: text.toLowerCase() }
        : fault('badDomain');
    case 'code':
      return /^-?[A-Za-z0-9_.-]{1,40}$/.test(text) ? { value: text } : fault('badCode');
    case 'version':
      return /^\d{1,4}(?:\.\d{1,6}){0,4}$/.test(text) ? { value: text } : fault('badVersion');
    case 'action':
      return /^[A-Za-z][A-Za-z0-9_]{1,39}$/.test(text) ? { value: text.toLowerCase() } : fault('badAction');
    case 'account':
      return /^[^\s:][^\n:]{0,79}$/.test(text) ? { value: text } : fault('badAccount');
    case 'integration': {
      const choices = Object.entries(engine.textsOf(language).fields[key]?.choices ?? {});
      const found = choices.find(([value, label]) => value === text || label === text);
      return found === undefined
        ? { fault: (talk['badChoice'] ?? '').replaceAll('{choices}', choices.map(([value]) => value).join(' / ')) }
        : { value: found[0] };
    }
    case 'message':
      return { value: text };
  }
}
