// The page of those who run the server: figures, deliveries, the rule playground. Not there without ADMIN_TOKEN; never a word of a ticket.
import type { FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { guardAdmin } from './admin-access';
import { CSS, HTML, JAVASCRIPT, pagePolicy, readBuilt } from './built-files';
import type { RouteDeps } from './deps';
import { AdminExplainBody, MOST_EXPLAINED } from './admin-schemas';
import { sendJson } from './send';

const FILES = {
  '/admin': ['admin.html', HTML],
  '/admin/admin.js': ['admin.js', JAVASCRIPT],
  '/admin/admin.css': ['admin.css', CSS],
} as const;
/** Deliveries that are shown, of those that failed and of those that wait. */
const MOST_SHOWN = 50;
/** Failed ones that one press tries again. */
const MOST_RETRIED = 500;

export function adminRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { service, metrics, config } = deps;
  if (config.adminToken === undefined) return;
  const hidden = { schema: { hide: true } } as const;

  void app.register((admin, _options, done) => {
    admin.addHook('onRequest', guardAdmin(admin, config.adminToken ?? '', deps));
    admin.addHook('onSend', (_request, reply, _payload, next) => {
      reply.headers({ 'cache-control': 'no-store', 'content-security-policy': pagePolicy("'none'") });
      next();
    });
    for (const [at, [name, type]] of Object.entries(FILES))
      admin.get(at, hidden, (_request, reply) => reply.type(type).send(readBuilt(`admin/${name}`)));
    admin.get('/admin/figures', hidden, async (_request, reply) => {
      const [figures, backlog] = [await metrics.figures(), await service.backlog()];
      await sendJson(reply, 200, JSON.stringify({ ...figures, backlog, nowMs: Date.now() }));
    });
    admin.get('/admin/deliveries', hidden, async (_request, reply) =>
      sendJson(reply, 200, JSON.stringify({ deliveries: await service.deliveries(MOST_SHOWN), nowMs: Date.now() })),
    );
    admin.post('/admin/deliveries/retry', hidden, async (_request, reply) => {
      const failed = (await service.deliveries(MOST_RETRIED)).filter(({ status }) => status === 'failed');
      let retried = 0;
      for (const { conversation } of failed) if (await service.retryDelivery(conversation)) retried++;
      await sendJson(reply, 202, JSON.stringify({ retried }));
    });
    admin.post<{ Params: { id: string } }>('/admin/deliveries/:id/retry', hidden, async ({ params }, reply) => {
      if (!(await service.retryDelivery(params.id)))
        throw new PreticketError('NOT_FOUND', 'There is no failed ticket there.');
      await sendJson(reply, 202, JSON.stringify({ retried: 1 }));
    });
    admin.post<{ Body: AdminExplainBody }>(
      '/admin/explain',
      { bodyLimit: MOST_EXPLAINED * 6, schema: { hide: true, body: AdminExplainBody } },
      async ({ body }, reply) => sendJson(reply, 200, JSON.stringify(service.explain(body.text, body.language))),
    );
    done();
  });
}
