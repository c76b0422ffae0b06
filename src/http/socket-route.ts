// The WebSocket of a conversation: who may open one, and those that are open.
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { isOriginAllowed, publicOrigin } from './address';
import type { RouteDeps } from './deps';
import { bearerOf, type IdParams } from './bearer';
import { LiveSocket } from './live-socket';
import { failures } from './schemas';

const PING_EVERY_MS = 30_000;
const GOING_AWAY = 1001;

export function socketRoute(app: FastifyInstance, deps: RouteDeps): void {
  const { service, chat = service, config, log, metrics, limit } = deps;
  const open = new Set<LiveSocket>();
  const count = (): void => metrics.sockets(open.size);
  const pings = setInterval(() => {
    for (const live of open) live.ping();
  }, PING_EVERY_MS).unref();
  app.addHook('preClose', (done) => {
    clearInterval(pings);
    for (const live of open) live.close(GOING_AWAY);
    done();
  });

  app.route<{ Params: IdParams }>({
    method: 'GET',
    url: '/v1/conversations/:id/socket',
    exposeHeadRoute: false,
    schema: {
      summary: 'The conversation, live and resumable (WebSocket)',
      security: [{ conversation: [] }],
      response: { 101: { description: 'The socket is open', type: 'null' }, ...failures },
    },
    async preValidation(request) {
      const bearer = bearerOf(request);
      if (!isOriginAllowed(request, config.allowedOrigins, config.publicUrl))
        throw new PreticketError('ORIGIN_REFUSED', 'Pages of this origin may not open a socket here.');
      await service.seen(bearer);
    },
    handler: () => {
      throw new PreticketError('REQUEST_INVALID', 'This address speaks WebSocket: send an upgrade.');
    },
    wsHandler(socket, request) {
      const live = new LiveSocket(socket, {
        service,
        chat,
        log,
        bearer: bearerOf(request),
        origin: publicOrigin(request, config.publicUrl),
        limit: () => limit(request),
        onClose() {
          open.delete(live);
          count();
          log.debug('socket-closed', { sockets: open.size });
        },
      });
      open.add(live);
      count();
      log.debug('socket-opened', { sockets: open.size });
    },
  });
}
