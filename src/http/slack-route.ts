// Where Slack sends what happens in a workspace. The body stays as it came: its signature is over the bytes.
import type { FastifyInstance } from 'fastify';
import type { AppDeps } from './deps';

/** Slack's own limit of what a payload holds is far below. */
const MAX_BYTES = 4 * 1024 * 1024;
const TYPES = ['application/json', 'application/x-www-form-urlencoded'];

export function slackRoute(app: FastifyInstance, receive: NonNullable<AppDeps['slack']>): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/slack/events', { bodyLimit: MAX_BYTES, schema: { hide: true } }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { status, json } = await receive({ body, headers: request.headers });
    void reply.status(status).header('cache-control', 'no-store');
    if (status === 503) void reply.header('retry-after', '5');
    await (json === undefined
      ? reply.send()
      : reply.type('application/json; charset=utf-8').send(JSON.stringify(json)));
  });
}
