// Loads the pack's field files and reads a text as the engine does, for the tests of extraction only.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compileFields, type ApiFacts, type CompiledFields, type FieldData } from '../../src/extract/fields';
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

let compiled: CompiledFields | undefined;

export function read(text: string, language = 'en'): Extraction {
  compiled ??= compileFields(fieldFiles(), API, 'en');
  const redacted = text as Redacted;
  const replies = text.length > 400_000 ? [] : findReplies(text, { code: 'code', message: 'msg' });
  return extractFields({ text: redacted, language, requests: [], replies }, compiled);
}
