// One text judged, nothing kept.
import type { FastifyInstance } from 'fastify';
import { needBody } from './body';
import type { RouteDeps } from './deps';
import { answers, Triage, type TriageBody, triageBody } from './schemas';
import { sendJson } from './send';

export function triageRoutes(app: FastifyInstance, { service, limit }: RouteDeps): void {
  app.post<{ Body: TriageBody }>(
    '/v1/triage',
    {
      onRequest: limit,
      preValidation: needBody,
      schema: {
        summary: 'Judge a text; nothing is kept',
        body: triageBody(service.fieldKeys),
        response: answers(200, Triage),
      },
    },
    async ({ body }, reply) => {
      const { text, ...more } = body;
      await sendJson(reply, 200, JSON.stringify(service.triage(text, more)));
    },
  );
}
