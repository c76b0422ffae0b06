// The files that the build puts beside the program for browsers: read once, sent with a tag that says whether they changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where the build puts them, whether this runs from the sources or from the build. */
const BUILT = path.join(__dirname, '..', '..', 'dist', 'http', 'public');

export const JAVASCRIPT = 'text/javascript; charset=utf-8';
export const CSS = 'text/css; charset=utf-8';
export const HTML = 'text/html; charset=utf-8';

/** `name`: below the folder of built files. Throws as `fs` where the build has not run. */
export function readBuilt(name: string): Buffer {
  return fs.readFileSync(path.join(BUILT, name));
}

/** Of a page of this server: only what it brings along itself. `formAction`: where its forms may go. */
export function pagePolicy(formAction: "'none'" | "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The tag of a content, without quotes. */
export function tagOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27);
}

/** Sets the tag, and answers 304 where the caller has that content; true where it did. `tag`: without quotes. */
export async function sendKnown(request: FastifyRequest, reply: FastifyReply, tag: string): Promise<boolean> {
  const etag = `"${tag}"`;
  reply.header('etag', etag);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (!known.includes(etag)) return false;
  await reply.code(304).send();
  return true;
}
