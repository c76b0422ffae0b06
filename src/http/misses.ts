// Requests that reach no route: unknown paths, methods that a path does not have, and bytes that are no HTTP.
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import type { Label, Log } from '../log';
import { problemMessage, sendBareProblem, sendProblem } from './problem';

/** A path that cannot be decoded names nothing. */
export function answerBadPath(response: ServerResponse): void {
  sendBareProblem(response, new PreticketError('NOT_FOUND', 'There is nothing at this address.'));
}

/** HTTP/1.1 wants to know for whom a request is; Node would refuse it without a word. */
export function needHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { httpVersion, headers } = request.raw;
    const lacks = httpVersion !== '1.0' && headers.host === undefined;
    done(lacks ? new PreticketError('REQUEST_INVALID', 'The Host header is missing.') : undefined);
  });
}

/** 404, or 405 with `Allow` where the path has other methods. Call before routes are added. */
export function refuseOtherMethods(app: FastifyInstance): void {
  const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? {
      pattern: new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
      methods: new Set<string>(),
    };
    for (const name of [method].flat()) known.methods.add(name);
    paths.set(url, known);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = [...paths.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((known) => [...known.methods]);
    if (methods.length === 0)
      return sendProblem(reply, new PreticketError('NOT_FOUND', 'There is nothing at this address.'));
    reply.header('allow', [...new Set(methods)].join(', '));
    // Asked what there is, and told.
    if (request.method === 'OPTIONS') return void (await reply.code(204).send());
    return sendProblem(reply, new PreticketError('METHOD_NOT_ALLOWED', 'This address does not take this method.'));
  });
}

const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** What is no HTTP, or does not arrive in time, is answered in kind and closed. */
export function answerClientErrors(log: Log): (error: Error & { code?: string }, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF[error.code ?? ''] ?? 400;
    const detail =
      status === 408
        ? 'The request did not arrive in time.'
        : status === 431
          ? 'The headers are too large.'
          : 'This is not an HTTP request.';
    const title = STATUS_CODES[status] ?? 'Bad Request';
    socket.end(problemMessage({ type: 'about:blank', title, status, code: 'REQUEST_INVALID', detail }), () =>
      socket.destroy(),
    );
    log.debug('client-error', {
      status,
      code: (/^[A-Z_]{1,40}$/.test(error.code ?? '') ? error.code : 'UNKNOWN') as Label,
    });
  };
}
