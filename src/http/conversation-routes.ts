// The calls on conversations. Each reads what came, asks the service, and sends what it answers.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { publicOrigin } from './address';
import type { RouteDeps } from './deps';
import { bearerOf, type IdParams } from './bearer';
import { needBody, orEmpty } from './body';
import {
  AfterQuery,
  answers,
  Conversation,
  failures,
  fieldsSchema,
  KeyHeader,
  MessageBody,
  OpenBody,
  Opened,
  TicketAnswer,
  Turn,
} from './schemas';
import { sendJson } from './send';

const security = [{ conversation: [] }];

function keyOf(request: FastifyRequest): string | undefined {
  return request.headers['idempotency-key'] as string | undefined;
}

/** The token is looked at before the body is read. */
function needBearer(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  try {
    bearerOf(request);
    done();
  } catch (error) {
    done(error as Error);
  }
}

export function conversationRoutes(app: FastifyInstance, { service, limit, config }: RouteDeps): void {
  const at = '/v1/conversations/:id';
  const keyed = (key: string | undefined): { key?: string } => (key === undefined ? {} : { key });

  app.post<{ Body: OpenBody }>(
    '/v1/conversations',
    {
      preValidation: orEmpty,
      schema: { summary: 'Open a conversation', body: OpenBody, response: answers(201, Opened) },
    },
    async ({ body }, reply) => sendJson(reply, 201, JSON.stringify(await service.open(body))),
  );

  app.post<{ Params: IdParams; Body: MessageBody }>(
    `${at}/messages`,
    {
      onRequest: [needBearer, limit],
      preValidation: needBody,
      schema: {
        summary: 'Say something',
        security,
        headers: KeyHeader,
        body: MessageBody,
        response: answers(200, Turn),
      },
    },
    async (request, reply) => {
      const more = { ...keyed(keyOf(request)), origin: publicOrigin(request, config.publicUrl) };
      const { body } = await service.message(bearerOf(request), request.body.text, more);
      await sendJson(reply, 200, body);
    },
  );

  app.get<{ Params: IdParams; Querystring: { after?: string } }>(
    at,
    {
      onRequest: needBearer,
      schema: {
        summary: 'The conversation so far',
        security,
        querystring: AfterQuery,
        response: answers(200, Conversation),
      },
    },
    async (request, reply) => {
      const after = Number(request.query.after ?? 0);
      await sendJson(reply, 200, JSON.stringify(await service.conversation(bearerOf(request), after)));
    },
  );

  app.patch<{ Params: IdParams; Body: Record<string, string | null> }>(
    `${at}/fields`,
    {
      onRequest: needBearer,
      preValidation: needBody,
      schema: {
        summary: 'Edit fields of the draft',
        security,
        headers: KeyHeader,
        body: fieldsSchema([...service.fieldKeys, 'timezone'], { minProperties: 1 }),
        response: answers(200, Turn),
      },
    },
    async (request, reply) => {
      const { body } = await service.editFields(bearerOf(request), request.body, keyOf(request));
      await sendJson(reply, 200, body);
    },
  );

  app.post<{ Params: IdParams }>(
    `${at}/ticket`,
    {
      onRequest: needBearer,
      schema: { summary: 'Ask for the ticket', security, headers: KeyHeader, response: answers(202, TicketAnswer) },
    },
    async (request, reply) => {
      const { body } = await service.requestTicket(bearerOf(request), keyOf(request));
      await sendJson(reply, 202, body);
    },
  );

  app.get<{ Params: IdParams }>(
    `${at}/ticket`,
    {
      onRequest: needBearer,
      schema: { summary: 'How the ticket stands', security, response: answers(200, TicketAnswer) },
    },
    async (request, reply) => sendJson(reply, 200, JSON.stringify({ ticket: await service.ticket(bearerOf(request)) })),
  );

  app.delete<{ Params: IdParams }>(
    at,
    {
      onRequest: needBearer,
      schema: {
        summary: 'Forget the conversation',
        security,
        response: { 204: { description: 'Done', type: 'null' }, ...failures },
      },
    },
    async (request, reply) => {
      await service.remove(bearerOf(request));
      await reply.code(204).send();
    },
  );
}
