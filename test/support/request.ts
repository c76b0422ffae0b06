// What the tests of requests share: the pack's description and one call that reads a text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Redacted } from '../../src/redact/redacted';
import { compileApi, type ApiData } from '../../src/request/api';
import { checkRequests } from '../../src/request/check/check';
import type { RequestFinding } from '../../src/request/check/finding';
import { correctRequest } from '../../src/request/correct';
import type { ParsedRequest } from '../../src/request/model';
import { parseRequests } from '../../src/request/parse';

export const api = compileApi(parse(readFileSync(join(__dirname, '../../rules/api.yaml'), 'utf8')) as ApiData);

export interface Case {
  readonly syntax: string;
  readonly text: string;
  readonly findings: readonly { readonly id: string; readonly param?: string; readonly quote: string }[];
  readonly tolerated?: readonly string[];
  readonly corrected?: { readonly must: readonly string[]; readonly mustNot: readonly string[] };
}

/** Cases of a fixture; the texts are redacted already. */
export function cases(name: string): Case[] {
  const file = readFileSync(join(__dirname, '../fixtures/request', `${name}.jsonl`), 'utf8');
  return file
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
}

/** Only tests make redacted text of a plain string. */
export function redacted(text: string): Redacted {
  return text as Redacted;
}

export function read(text: string): {
  requests: ParsedRequest[];
  findings: RequestFinding[];
  corrected: string | null;
} {
  const requests = parseRequests(redacted(text), [], api);
  const findings = checkRequests(requests, api, redacted(text));
  return { requests, findings, corrected: correctRequest(requests, findings, text)?.text ?? null };
}

export function named(f: { readonly id: string; readonly param?: string }): string {
  return f.param === undefined ? f.id : `${f.id}(${f.param})`;
}
