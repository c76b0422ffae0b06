// The ticket's fields from one redacted text: readers propose, corrections move, the best proposal stays. Pure; linear; never throws on input.

import { readAccounts } from './account';
import { readActions } from './action';
import { findAddresses } from './address';
import { assignRoles, type AddressMention } from './address-role';
import { choose, type Candidate } from './candidate';
import { createContext, type Context, type ExtractInput } from './context';
import { applyCorrections, findCorrections } from './correction';
import { readDomain } from './domain';
import { normal, readEndpoints } from './endpoint';
import type { CompiledFields, FieldForm } from './fields';
import { readIntegration } from './integration';
import { readMessage } from './message';
import { readOutbound } from './outbound';
import { readFocus } from './reply';
import { readTimestamp } from './timestamp';
import { readVersions } from './version';

export interface Extraction {
  /** Normal forms by field key; only what the text tells. */
  readonly values: Readonly<Record<string, string>>;
  /** The words each value was read from: `text.slice(start, end)` of its span. */
  readonly sources: Readonly<Record<string, string>>;
  /** UTF-16 units into the redacted text. */
  readonly spans: Readonly<Record<string, { readonly start: number; readonly end: number }>>;
  readonly addresses: readonly AddressMention[];
  /** A clock time was read and nothing tells its zone. */
  readonly timezoneMissing: boolean;
}

/** Reads all fields. */
export function extractFields(input: ExtractInput, fields: CompiledFields): Extraction {
  const ctx = createContext(input, fields);
  const values: Record<string, string> = {};
  const sources: Record<string, string> = {};
  const spans: Record<string, { start: number; end: number }> = {};
  const keep = (form: FieldForm, c: Candidate | null): void => {
    const key = fields.keyOf(form);
    if (c === null || key === undefined) return;
    values[key] = c.value;
    sources[key] = ctx.view.text.slice(c.start, c.end);
    spans[key] = { start: ctx.view.toWhole(c.start), end: ctx.view.toWhole(c.end) };
  };
  const corrections = findCorrections(ctx);
  const correct = (candidates: readonly Candidate[]): Candidate[] => applyCorrections(ctx, corrections, candidates);

  const focus = readFocus(ctx);
  const message = latest(readMessage(ctx, focus));
  const mentions = assignRoles(ctx, findAddresses(ctx.view), message);
  const timestamp = readTimestamp(ctx, focus);
  keep('code', focus?.code ?? null);
  keep('message', message);
  const ip = readOutbound(ctx, mentions, corrections);
  keep('ip', ip);
  keep('timestamp', timestamp);
  const url = choose(correct(readEndpoints(ctx, focus)), normal);
  keep('url', url);
  const domain = choose(correct(readDomain(ctx, focus)));
  keep('domain', domain);
  const action = choose(correct(readActions(ctx, focus)));
  keep('action', action);
  const account = choose(correct(readAccounts(ctx, focus)));
  keep('account', account);
  keep('integration', readIntegration(ctx, focus, { account, action, domain, url, ip, timestamp, message }));
  keep('version', choose(correct(readVersions(ctx))));
  return {
    values,
    sources,
    spans,
    addresses: mentions.map((m) => toWhole(ctx, m)),
    timezoneMissing: timestamp !== null && timestamp.timed && !timestamp.zoned,
  };
}

/** Of equally good messages the last one: it is what the person got in the end. */
function latest(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const c of candidates)
    if (best === null || c.score > best.score || (c.score === best.score && c.start > best.start)) best = c;
  return best;
}

function toWhole(ctx: Context, m: AddressMention): AddressMention {
  return { ...m, start: ctx.view.toWhole(m.start), end: ctx.view.toWhole(m.end) };
}
