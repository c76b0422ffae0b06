// Reads JSON bodies: UTF-8 only, no other content type, no content coding.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PreticketError } from '../errors';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws REQUEST_INVALID. An empty body is undefined: calls that need none take it. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new PreticketError('REQUEST_INVALID', 'The body is not UTF-8.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message quotes the body.
    throw new PreticketError('REQUEST_INVALID', 'The body is not JSON.');
  }
}

const contentType = (): PreticketError =>
  new PreticketError('CONTENT_TYPE', 'Content-Type must be application/json in UTF-8, without a Content-Encoding.');

export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return done(contentType());
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return done(contentType());
    done();
  });
}

/** Before validation, which passes over a body that is not there. */
export function needBody(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const isEmpty = request.body === undefined;
  done(isEmpty ? new PreticketError('REQUEST_INVALID', 'The body is empty; JSON is expected.') : undefined);
}

/** Before validation, for calls whose body may be left out. */
export function orEmpty(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (request.body === undefined) request.body = {};
  done();
}
