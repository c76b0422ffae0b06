// The HTTP server: plug-ins, limits, errors, and the routes in their files. Decides nothing about conversations.
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { PreticketError } from '../errors';
import { describeError, type Label } from '../log';
import { assetRoutes } from './asset-routes';
import { SUBPROTOCOL } from './bearer';
import { adminRoutes } from './admin-routes';
import { readJsonBodies } from './body';
import { conversationRoutes } from './conversation-routes';
import { egressRoute } from './egress-route';
import { toOwnError } from './faults';
import type { AppDeps, RouteDeps } from './deps';
import { formRoutes } from './form-routes';
import { createLimit } from './limit';
import { answerBareRequests } from './bare-requests';
import { answerBadPath, answerClientErrors, needHost, refuseOtherMethods } from './misses';
import { operationRoutes } from './operation-routes';
import { pageRoutes } from './page-routes';
import { sendProblem } from './problem';
import { slackRoutes } from './slack-route';
import { socketRoute } from './socket-route';
import { triageRoutes } from './triage-routes';

const REQUEST_TIMEOUT_MS = 30_000;
const CHECK_TIMEOUTS_MS = 1000;
/** A character of the text may take six bytes of JSON (`\u0000`). */
const JSON_BYTES_PER_BYTE = 6;
/** Addresses that the rate limit remembers at once. */
const MAX_ADDRESSES = 50_000;
const OTHER_BODY_BYTES = 128 * 1024;

export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { config, log, metrics } = deps;
  const maxBodyBytes = config.maxMessageBytes * JSON_BYTES_PER_BYTE + OTHER_BODY_BYTES;
  const requestTimeout = deps.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const app = Fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    requestTimeout,
    http: {
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.min(CHECK_TIMEOUTS_MS, requestTimeout),
      requireHostHeader: false,
    },
    // The nearest proxies, so many as stand in front; what those before them wrote is the caller's own word.
    trustProxy: config.trustProxy > 0 && ((_address: string, hop: number) => hop < config.trustProxy),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientErrors(log),
    frameworkErrors: (_error, _request, reply) => answerBadPath(reply.raw),
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false } },
  });
  readJsonBodies(app);
  app.setErrorHandler(async (error, request, reply) => {
    const own = toOwnError(error);
    const route = (request.routeOptions.url ?? 'none') as Label;
    if (!(own instanceof PreticketError)) log.error('unexpected', { route, ...describeError(own) });
    else if (own.status >= 500) log.warn('request-failed', { route, code: own.code });
    await sendProblem(reply, own);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { url = 'none', method } = request.routeOptions;
    const label = [method].flat()[0] ?? 'OTHER';
    metrics.request(label, url, reply.statusCode, reply.elapsedTime);
    log.info('request', {
      method: label as Label,
      route: url as Label,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });

  await app.register(helmet, {
    // Whether a whole domain speaks https is for who ends TLS to say.
    hsts: false,
    frameguard: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
  });
  needHost(app);
  await app.register(cors, {
    origin:
      config.allowedOrigins === undefined ? false : config.allowedOrigins === '*' ? '*' : [...config.allowedOrigins],
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key'],
    exposedHeaders: ['retry-after'],
    maxAge: 600,
    strictPreflight: false,
  });
  await app.register(rateLimit, { global: false, cache: MAX_ADDRESSES });
  await app.register(websocket, {
    options: {
      maxPayload: maxBodyBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    },
    // Sockets are closed by the route that owns them.
    preClose: (done) => done(),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'preticket', version: deps.version, description: 'The step before a support ticket.' },
      components: {
        securitySchemes: {
          conversation: { type: 'http', scheme: 'bearer', description: 'The token that came with the conversation' },
        },
      },
    },
  });
  refuseOtherMethods(app);
  const routes: RouteDeps = { ...deps, maxBodyBytes, limit: createLimit(app, config.rateLimit, metrics, deps.counter) };
  await app.register((scope, _options, done) => {
    operationRoutes(scope, routes);
    triageRoutes(scope, routes);
    conversationRoutes(scope, routes);
    socketRoute(scope, routes);
    egressRoute(scope, routes);
    if (deps.page) pageRoutes(scope, deps.page);
    adminRoutes(scope, routes);
    if (deps.assets) {
      assetRoutes(scope, deps.assets);
      formRoutes(scope, routes, deps.assets);
    }
    done();
  });
  const { slack } = deps;
  if (slack !== undefined)
    await app.register((scope, _options, done) => {
      slackRoutes(scope, slack);
      done();
    });
  await app.ready();
  answerBareRequests(app.server);
  return app;
}
