// The fixture tables of test/fixtures/redact, and the measure by which a secret counts as leaked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const dir = join(__dirname, '../fixtures/redact');

/** A carrier as a template; which secrets fit is said by `forms`. */
export interface CarrierTemplate {
  readonly name: string;
  readonly forms: 'plain' | 'rich' | 'blank' | 'token' | 'digits';
  readonly text: string;
}

/** A sentence with what must go and what must stay. */
export interface SpokenCase {
  readonly text: string;
  readonly secrets: readonly string[];
  readonly keep?: readonly string[];
}

export function readFixture<T>(name: string): T {
  return parse(readFileSync(join(dir, `${name}.yaml`), 'utf8')) as T;
}

/** Does a part of the secret longer than 60 % of it survive? */
export function isLeaked(secret: string, output: string): boolean {
  const size = Math.min(secret.length, Math.floor(secret.length * 0.6) + 1);
  for (let i = 0; i + size <= secret.length; i++) if (output.includes(secret.slice(i, i + size))) return true;
  return false;
}

/** A carrier with a user and a secret put in; `{B}`, `{H}` and `{S64}` are the pair in base64 and hex, and the secret in base64. */
export function fill(template: string, user: string, secret: string): { text: string; hidden: string[] } {
  const pair = Buffer.from(`${user}:${secret}`);
  const forms: Record<string, string> = {
    S: secret,
    U: user,
    B: pair.toString('base64'),
    H: pair.toString('hex'),
    S64: Buffer.from(secret).toString('base64'),
  };
  const text = template.replace(/\{(S64|S|U|B|H)\}/g, (_, key: string) => forms[key] ?? '');
  const hidden = ['S', 'B', 'H', 'S64'].filter((key) => template.includes(`{${key}}`)).map((key) => forms[key] ?? '');
  return { text, hidden };
}

/** Parts of a carrier that stand around its secret. */
export function surroundings(template: string, user: string): string[] {
  return template
    .split(/\{(?:S64|S|B|H)\}/)
    .map((part) => part.replaceAll('{U}', user).trim())
    .filter((part) => part.length > 2);
}
