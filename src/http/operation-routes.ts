// For the people and machines that run the server: alive, ready, figures, and what the API is.
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { describeError } from '../log';
import type { RouteDeps } from './deps';
import { sendJson } from './send';

export function operationRoutes(app: FastifyInstance, { service, metrics, log }: RouteDeps): void {
  const hidden = { schema: { hide: true } } as const;
  app.get('/healthz', hidden, (_request, reply) => sendJson(reply, 200, '{"status":"ok"}'));
  app.get('/readyz', hidden, async (_request, reply) => {
    await service.ready();
    await sendJson(reply, 200, '{"status":"ready"}');
  });
  app.get('/metrics', hidden, async (_request, reply) => {
    try {
      metrics.backlog(await service.backlog(), Date.now());
    } catch (error) {
      // Figures are wanted most while the store is away; those of deliveries are then the last that were known.
      log.debug('request-failed', error instanceof PreticketError ? { code: error.code } : describeError(error));
    }
    await reply.type(metrics.contentType).send(await metrics.render());
  });
  let openApi: string | undefined;
  app.get('/openapi.json', hidden, (_request, reply) =>
    sendJson(reply, 200, (openApi ??= JSON.stringify(app.swagger()))),
  );
}
