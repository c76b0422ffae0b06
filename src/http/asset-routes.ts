// Serves what other sites embed: scripts and data that any origin may load, compressed once, asked for again by their tag.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { chooseLanguage } from './accept-language';
import { CSS, JAVASCRIPT, readBuilt, sendKnown, tagOf } from './built-files';
import type { FormBook } from './form-book';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Runs as a worker too, which lives under the policy that it came with: it loads the redactor and its data. */
const WORKER = 'redact-aside.js';
const WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** What the embedded parts are given of the loaded pack. */
export interface AssetBook {
  /** The redaction data as `/redact.js` reads it. */
  readonly redaction: () => Uint8Array;
  readonly form: FormBook;
  /** A helpdesk takes tickets; else people copy them. */
  readonly delivers: boolean;
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
    etag: tagOf(plain),
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

/** Sends what pages of any origin may load. `also`: what else it varies by. */
export async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset, also = ''): Promise<void> {
  const coding = codingFor(String(request.headers['accept-encoding'] ?? ''));
  reply.headers({
    'cache-control': 'public, no-cache',
    vary: also === '' ? 'Accept-Encoding' : `Accept-Encoding, ${also}`,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (await sendKnown(request, reply, `${asset.etag}-${coding}`)) return;
  if (coding !== 'plain') reply.header('content-encoding', coding);
  await reply.type(asset.type).send(asset[coding]);
}

/** `/redact.js` and its data, `/form.js` and its words. */
export function assetRoutes(app: FastifyInstance, book: AssetBook): void {
  const kept = new Map<string, Asset>();
  const keep = (name: string, type: string, bytes: () => Uint8Array): Asset => {
    let asset = kept.get(name);
    if (asset === undefined) kept.set(name, (asset = assetOf(type, Buffer.from(bytes()))));
    return asset;
  };
  const hidden = { schema: { hide: true } } as const;
  const serve = (name: string, type: string, bytes: () => Uint8Array): void => {
    app.get(`/${name}`, hidden, (request, reply) => {
      if (name === WORKER) reply.header('content-security-policy', WORKER_POLICY);
      return sendAsset(request, reply, keep(name, type, bytes));
    });
  };
  for (const name of ['redact.js', WORKER, 'form.js', 'form-page.js']) serve(name, JAVASCRIPT, () => readBuilt(name));
  serve('form.css', CSS, () => readBuilt('form.css'));
  serve('redact.bin', 'application/octet-stream', book.redaction);
  app.get<{ Querystring: { lang?: unknown } }>('/form.json', hidden, async (request, reply) => {
    const wanted = typeof request.query.lang === 'string' ? request.query.lang : undefined;
    const language = chooseLanguage(
      book.form.languages,
      book.form.defaultLanguage,
      wanted,
      request.headers['accept-language'],
    );
    const texts = (): Uint8Array => Buffer.from(JSON.stringify(book.form.texts[language]));
    await sendAsset(
      request,
      reply,
      keep(`form.json ${language}`, 'application/json; charset=utf-8', texts),
      'Accept-Language',
    );
  });
}
