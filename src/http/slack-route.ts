// Where Slack sends what happens in a workspace, and where workspaces install the assistant. A body stays as it came: its signature is over the bytes.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SlackDoors } from './deps';

/** Slack's own limit of what a payload holds is far below. */
const MAX_BYTES = 4 * 1024 * 1024;
const TYPES = ['application/json', 'application/x-www-form-urlencoded'];

export function slackRoutes(app: FastifyInstance, { receive, installer }: SlackDoors): void {
  if (receive !== undefined) eventsRoute(app, receive);
  if (installer === undefined) return;
  const pages = [
    ['/slack/install', installer.begin],
    ['/slack/oauth_redirect', installer.end],
  ] as const;
  for (const [path, answer] of pages)
    app.get(path, { schema: { hide: true } }, (request, reply) => answerRaw(answer, request, reply));
}

function eventsRoute(app: FastifyInstance, receive: NonNullable<SlackDoors['receive']>): void {
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

/** With the headers that every answer of this server has. */
async function answerRaw(
  answer: NonNullable<SlackDoors['installer']>['begin'],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  await answer(request.raw, reply.raw);
}
