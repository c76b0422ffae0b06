// Serves what other sites embed: scripts and data that any origin may load, compressed once, asked for again by their tag.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the build puts them, whether this runs from the sources or from the build. */
const BUILT = path.join(__dirname, '..', '..', 'dist', 'http', 'public');
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What the embedded parts are given of the loaded pack. */
export interface AssetBook {
  /** The redaction data as `/redact.js` reads it. */
  readonly redaction: () => Uint8Array;
}

export interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

/** Bytes ready to be sent in each coding. */
export function assetOf(type: string, plain: Buffer): Asset {
  return {
    type,
    plain,
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 27),
    gzip: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
}

/** The coding that the caller takes: brotli before gzip before none; `q=0` refuses one. */
function codingFor(accepted: string): 'br' | 'gzip' | 'plain' {
  const takes = (name: string): boolean =>
    new RegExp(`(?:^|,)\\s*${name}\\s*(?:,|$|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`, 'i').test(accepted);
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'plain';
}

/** Sends what pages of any origin may load. */
export async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): Promise<void> {
  const coding = codingFor(String(request.headers['accept-encoding'] ?? ''));
  const etag = `"${asset.etag}-${coding}"`;
  reply.headers({
    etag,
    'cache-control': 'public, no-cache',
    vary: 'Accept-Encoding',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag)) return void (await reply.code(304).send());
  if (coding !== 'plain') reply.header('content-encoding', coding);
  await reply.type(asset.type).send(asset[coding]);
}

/** `/redact.js` and its data, `/form.js`. */
export function assetRoutes(app: FastifyInstance, book: AssetBook): void {
  const kept = new Map<string, Asset>();
  const serve = (name: string, type: string, bytes: () => Uint8Array): void => {
    app.get(`/${name}`, { schema: { hide: true } }, async (request, reply) => {
      let asset = kept.get(name);
      if (asset === undefined) kept.set(name, (asset = assetOf(type, Buffer.from(bytes()))));
      await sendAsset(request, reply, asset);
    });
  };
  const built = (name: string): void => serve(name, JAVASCRIPT, () => fs.readFileSync(path.join(BUILT, name)));
  built('redact.js');
  serve('redact.bin', 'application/octet-stream', book.redaction);
}
