// Codes of the egress check: which one a conversation may offer, and what is left of it after a call.
import type { Clock } from '../stores/store';
import type { EgressCode } from './record';
import { isSame, newCode } from './secrets';

const CODE_TTL_MS = 3600_000;
const CODE_CALLS = 20;
/** An issued code is offered again while it has this long to live, so that a command that was copied keeps working. */
const OFFER_AGAIN_MS = 20 * 60_000;

/** The code to offer now, and whether it is issued already. */
export function offerCode(
  codes: readonly EgressCode[],
  now: Clock,
): { readonly secret: string; readonly issued: boolean } {
  const good = codes.find((code) => code.callsLeft > 1 && code.expiresAtMs - now() >= OFFER_AGAIN_MS);
  return good === undefined ? { secret: newCode(), issued: false } : { secret: good.secret, issued: true };
}

/** The codes with a new one; those that ran out are gone. */
export function issueCode(codes: readonly EgressCode[], secret: string, now: Clock): EgressCode[] {
  const live = codes.filter((code) => code.expiresAtMs > now() && code.callsLeft > 0);
  return [...live, { secret, expiresAtMs: now() + CODE_TTL_MS, callsLeft: CODE_CALLS }];
}

/** The codes after one call; undefined where the code is unknown, too old or used up. */
export function useCode(codes: readonly EgressCode[], secret: string, now: Clock): EgressCode[] | undefined {
  const found = codes.find((code) => isSame(code.secret, secret));
  if (found === undefined || found.expiresAtMs <= now() || found.callsLeft <= 0) return undefined;
  return codes.map((code) => (code === found ? { ...code, callsLeft: code.callsLeft - 1 } : code));
}
