// Finds every IP address in the view, in canonical form, with what kind of address it is. Decides no role.

import ipaddr from 'ipaddr.js';
import type { View } from './view';

export interface FoundAddress {
  /** Canonical: dotted IPv4, or IPv6 after RFC 5952. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Private, loopback, link-local, shared, unique-local or the like: not an address that others see. */
  readonly inside: boolean;
  /** A prefix with a length whose host part is zero. */
  readonly network: boolean;
  /** Only the end was written (`.202`), the rest is taken from another address. */
  readonly short: boolean;
}

const V4 = /(?<![\w.-])(?:v4:)?(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)/g;
const V6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi;
const SHORT = /(?<=[\s(/"'])\.(\d{1,3})(?![\w.]\S)/g;
/** `IP 192.0.2.1.40112 > 198.51.100.1.443`: addresses with their ports as packet dumps print them. */
const PACKET = /\bIP (\d{1,3}(?:\.\d{1,3}){3})\.\d{2,5} > /g;
const MAX_ADDRESSES = 2_000;

/** Ranges of RFC 1918, 6598, 3927, 4193, 4291, 1122 and multicast; those for documentation and tests count as public. */
const INSIDE = new Set([
  'private',
  'loopback',
  'linkLocal',
  'carrierGradeNat',
  'uniqueLocal',
  'unspecified',
  'broadcast',
  'multicast',
]);

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return INSIDE.has(address.range());
}

function isNetwork(address: ipaddr.IPv4 | ipaddr.IPv6, length: number): boolean {
  const bytes = address.toByteArray();
  if (length >= bytes.length * 8) return false;
  for (let bit = length; bit < bytes.length * 8; bit++) {
    if ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) return false;
  }
  return true;
}

/** Canonical form, or null where the words are no address. */
export function canonicalAddress(words: string): string | null {
  if (!ipaddr.isValid(words)) return null;
  if (!words.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(words)) return null;
  const address = ipaddr.process(words);
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
}

function read(view: View, words: string, start: number): FoundAddress | null {
  if (!words.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(words)) return null;
  if (!ipaddr.isValid(words)) return null;
  const address = ipaddr.process(words);
  const value = address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
  const end = start + words.length;
  const length = /^\/(\d{1,3})\b/.exec(view.text.slice(end, end + 4))?.[1];
  return {
    value,
    start,
    end,
    inside: isInside(address),
    network: length !== undefined && isNetwork(address, Number(length)),
    short: false,
  };
}

/** In order of place, at most 2,000. */
export function findAddresses(view: View): FoundAddress[] {
  const out: FoundAddress[] = [];
  for (const m of view.text.matchAll(V4)) {
    const words = m[1] ?? '';
    const start = m.index + m[0].length - words.length;
    // A number behind a product and a slash is its version, not an address.
    if (/[a-z]\/$/i.test(view.text.slice(Math.max(0, start - 2), start))) continue;
    const found = read(view, words, start);
    if (found !== null) out.push(found);
    if (out.length >= MAX_ADDRESSES) break;
  }
  for (const m of view.text.matchAll(PACKET)) {
    const found = read(view, m[1] ?? '', m.index + 3);
    if (found !== null && out.length < MAX_ADDRESSES) out.push(found);
  }
  if (view.text.includes('::') || /(?:[0-9a-f]{1,4}:){7}/i.test(view.text)) {
    for (const m of view.text.matchAll(V6)) {
      if (out.length >= MAX_ADDRESSES) break;
      const words = m[0].endsWith(':') && !m[0].endsWith('::') ? m[0].slice(0, -1) : m[0];
      if (words.length < 4 && words !== '::1') continue;
      const found = read(view, words, m.index);
      if (found !== null) out.push(found);
    }
  }
  if (out.length > 0 && out.length < 50) out.push(...shortForms(view, out));
  return out.sort((a, b) => a.start - b.start);
}

/** `.202` beside `203.0.113.201`: the address ending so, else the same network where only one is in play. */
function shortForms(view: View, full: readonly FoundAddress[]): FoundAddress[] {
  const out: FoundAddress[] = [];
  const usable = full.filter((a) => !a.inside && !a.value.includes(':'));
  for (const m of view.text.matchAll(SHORT)) {
    const last = m[1] ?? '';
    const ending = new Set(usable.filter((a) => a.value.endsWith(`.${last}`)).map((a) => a.value));
    let value = ending.size === 1 ? [...ending][0] : undefined;
    if (value === undefined && ending.size === 0 && Number(last) < 256) {
      const networks = new Set(usable.filter((a) => !a.network).map((a) => a.value.replace(/\.\d+$/, '')));
      if (networks.size === 1) value = `${[...networks][0] ?? ''}.${last}`;
    }
    if (value !== undefined) {
      out.push({ value, start: m.index, end: m.index + m[0].length, inside: false, network: false, short: true });
    }
  }
  return out;
}
