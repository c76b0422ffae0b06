// For the people and machines that run the server: alive, ready, figures, and what the API is.
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { describeError } from '../log';
import type { RouteDeps } from './deps';
import { type ApiDocument, describeApi } from './open-api';
import { answers, Health } from './schemas';
import { sendJson } from './send';

export function operationRoutes(app: FastifyInstance, { service, metrics, log, sample }: RouteDeps): void {
  const hidden = { schema: { hide: true } } as const;
  const figures = { 200: { description: 'Figures', content: { 'text/plain': { schema: { type: 'string' } } } } };
  app.get('/healthz', { schema: { summary: 'Alive', response: answers(200, Health) } }, (_request, reply) =>
    sendJson(reply, 200, '{"status":"ok"}'),
  );
  app.get(
    '/readyz',
    { schema: { summary: 'The store is there', response: answers(200, Health) } },
    async (_request, reply) => {
      await service.ready();
      await sendJson(reply, 200, '{"status":"ready"}');
    },
  );
  app.get('/metrics', { schema: { summary: 'Figures for Prometheus', response: figures } }, async (_request, reply) => {
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
    sendJson(
      reply,
      200,
      (openApi ??= JSON.stringify(describeApi(app.swagger() as ApiDocument, sample?.(), service.fieldKeys))),
    ),
  );
}
