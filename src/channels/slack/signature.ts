// Slack's request signature, version v0: HMAC-SHA256 over `v0:TIME:BODY` with the raw body, five minutes of tolerance either way.
// docs.slack.dev, Verifying requests from Slack.
import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_S = 300;

/** `nowMs`: since 1970. Constant in time over the signature. */
export function isSigned(
  secret: string,
  raw: Buffer,
  headers: { readonly timestamp: string | undefined; readonly signature: string | undefined },
  nowMs: number,
): boolean {
  const { timestamp = '', signature = '' } = headers;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const wanted = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(raw).digest('hex')}`;
  const [left, right] = [Buffer.from(signature), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}
