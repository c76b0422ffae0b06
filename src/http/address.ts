// Who calls, and where the caller believes this server to be.
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** The canonical form: IPv4, also where it came mapped into IPv6; IPv6 after RFC 5952. Undefined where it is no address. */
export function canonicalAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[([0-9A-Fa-f:.]+)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  if (!ipaddr.isValid(bare) || (ipaddr.IPv4.isValid(bare) && !ipaddr.IPv4.isValidFourPartDecimal(bare)))
    return undefined;
  const address = ipaddr.process(bare);
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
}

/** The caller's address. What a trusted proxy wrote that is no address is not believed. */
export function callerAddress(request: FastifyRequest): string {
  return canonicalAddress(request.ip) ?? canonicalAddress(request.socket.remoteAddress ?? '') ?? 'unknown';
}

/** What the rate limit counts by: one address, or the network that one IPv6 customer gets. */
export function limitKey(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString();
}

/** `https://host` as people reach it: what the operator says, else what the request says. */
export function publicOrigin(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const host = /^[A-Za-z0-9.:[\]_-]{1,255}$/.test(request.host) ? request.host : 'localhost';
  return `${request.protocol === 'https' ? 'https' : 'http'}://${host}`;
}

/** Whether a page of this origin may open a socket. Clients that are no browsers send none. */
export function isOriginAllowed(
  request: FastifyRequest,
  allowed: '*' | readonly string[] | undefined,
  publicUrl: string | undefined,
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || allowed === '*') return true;
  if ((allowed ?? []).includes(origin.toLowerCase())) return true;
  // By host alone: a proxy may have ended TLS without anybody being told of it.
  const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);
  return hostOf(origin) !== undefined && hostOf(origin) === hostOf(publicOrigin(request, publicUrl));
}
