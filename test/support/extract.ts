// Loads the pack's field files and reads a text as the engine does, for the tests of extraction only.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compileFields, type ApiFacts, type CompiledFields, type FieldData } from '../../src/extract/fields';
import { ordinaryWords } from '../../src/extract/ordinary';
import { extractFields, type Extraction } from '../../src/extract/extract';
import type { Redacted } from '../../src/redact/redacted';
import { findReplies } from '../../src/request/responses';

const RULES = join(__dirname, '../../rules');
export const FIXTURES = join(__dirname, '../fixtures/extract');

const action = (category: string, name: string, domain = true) => ({ category, action: name, domain });

/** What the API's description gives; written out so that these tests stand alone. */
export const API: ApiFacts = {
  hosts: ['api.nicenic.net', 'sandbox-api.nicenic.net', 'nicenic.net', 'www.nicenic.net'],
  actions: [
    action('domain', 'check'),
    action('domain', 'get_price'),
    action('domain', 'domain_list', false),
    action('domain', 'register'),
    action('domain', 'renew'),
    action('domain', 'transfer'),
    action('domain', 'change_contact'),
    action('user', 'balance', false),
    action('user', 'transactions', false),
    action('abuse', 'get_abuse_report'),
    action('nameserverhost', 'add'),
    action('nameserverhost', 'update'),
  ],
  messages: ['Request parameter error'],
  successCodes: ['0', '200', '201'],
};

export function fieldFiles(): FieldData[] {
  return readdirSync(RULES)
    .filter((f) => f.startsWith('field-'))
    .map((f) => parse(readFileSync(join(RULES, f), 'utf8')) as FieldData);
}

/** The languages' own words, as the engine takes them from the pack. */
function* words(): Generator<string> {
  for (const f of readdirSync(RULES).filter((name) => /^(?:redact-speech|lang)-/.test(name))) {
    const data = parse(readFileSync(join(RULES, f), 'utf8')) as Record<'prose' | 'common' | 'function', string[]> & {
      concepts?: Record<string, unknown[]>;
    };
    for (const list of [data.prose, data.common, data.function, ...Object.values(data.concepts ?? {})])
      yield* ((list as unknown[] | undefined) ?? []).map(String);
  }
}

/** Made at once, so that no test's clock counts the reading of files. */
const compiled: CompiledFields = compileFields(fieldFiles(), API, 'en', ordinaryWords(words()));

export function read(text: string, language = 'en'): Extraction {
  const redacted = text as Redacted;
  const replies = text.length > 400_000 ? [] : findReplies(text, { code: 'code', message: 'msg' });
  return extractFields({ text: redacted, language, requests: [], replies }, compiled);
}
