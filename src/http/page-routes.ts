// Serves the support-chat page and the files it loads, all from this origin, under a policy that lets nothing else in.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from './accept-language';
import { ICON, type PageBook, renderPage } from './page';

/** Where the build puts them, whether this runs from the sources or from the build. */
const BUILT = path.join(__dirname, '..', '..', 'dist', 'http', 'public');

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface PageFile {
  readonly type: string;
  readonly text: string;
}

export function pageRoutes(app: FastifyInstance, book: PageBook): void {
  const languages = Object.keys(book.languages);
  const hidden = { schema: { hide: true } } as const;
  const kept = new Map<string, PageFile & { readonly etag: string }>();

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    make: () => PageFile,
  ): Promise<void> => {
    let file = kept.get(name);
    if (file === undefined) {
      const made = make();
      file = { ...made, etag: `"${createHash('sha256').update(made.text).digest('base64url').slice(0, 27)}"` };
      kept.set(name, file);
    }
    reply.headers({ etag: file.etag, 'cache-control': 'no-cache' });
    const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(file.etag)) await reply.code(304).send();
    else await reply.type(file.type).send(file.text);
  };

  app.get<{ Querystring: { lang?: unknown } }>('/', hidden, async (request, reply) => {
    const wanted = typeof request.query.lang === 'string' ? request.query.lang : undefined;
    const language = chooseLanguage(languages, book.defaultLanguage, wanted, request.headers['accept-language']);
    reply.headers({ 'content-security-policy': POLICY, 'content-language': language, vary: 'Accept-Language' });
    await send(request, reply, `page ${language}`, () => ({
      type: 'text/html; charset=utf-8',
      text: renderPage(book, language),
    }));
  });
  const file = (name: string, type: string, text: () => string): void => {
    app.get(`/${name}`, hidden, (request, reply) => send(request, reply, name, () => ({ type, text: text() })));
  };
  file('chat.js', 'text/javascript; charset=utf-8', () => fs.readFileSync(path.join(BUILT, 'chat.js'), 'utf8'));
  file('chat.css', 'text/css; charset=utf-8', () => fs.readFileSync(path.join(BUILT, 'chat.css'), 'utf8'));
  file('icon.svg', 'image/svg+xml', () => ICON);
}
