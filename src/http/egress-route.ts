// The egress check: says where a call came from, to the caller and to the conversation that issued the code.
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { callerAddress } from './address';
import type { RouteDeps } from './deps';
import { failures } from './schemas';

export function egressRoute(app: FastifyInstance, { service, limit }: RouteDeps): void {
  app.get<{ Params: { code: string } }>(
    '/e/:code',
    {
      onRequest: limit,
      exposeHeadRoute: false,
      schema: {
        summary: 'The address that this call comes from; the conversation that issued the code learns it',
        params: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
        response: {
          200: { description: 'The address', content: { 'text/plain': { schema: { type: 'string' } } } },
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const address = callerAddress(request);
      if (!(await service.egress(request.params.code, address))) {
        throw new PreticketError('NOT_FOUND', 'This code is not known, too old or used up. Ask for a new command.');
      }
      await reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(address);
    },
  );
}
