// For the people and machines that run the server: alive, ready, figures, and what the API is.
import type { FastifyInstance } from 'fastify';
import type { RouteDeps } from './deps';
import { sendJson } from './send';

export function operationRoutes(app: FastifyInstance, { service, metrics }: RouteDeps): void {
  const hidden = { schema: { hide: true } } as const;
  app.get('/healthz', hidden, (_request, reply) => sendJson(reply, 200, '{"status":"ok"}'));
  app.get('/readyz', hidden, async (_request, reply) => {
    await service.ready();
    await sendJson(reply, 200, '{"status":"ready"}');
  });
  app.get('/metrics', hidden, async (_request, reply) => {
    await reply.type(metrics.contentType).send(await metrics.render());
  });
  let openApi: string | undefined;
  app.get('/openapi.json', hidden, (_request, reply) =>
    sendJson(reply, 200, (openApi ??= JSON.stringify(app.swagger()))),
  );
}
