// Sends JSON that is ready as it is: answers that were kept go out byte for byte.
import type { FastifyReply } from 'fastify';

export async function sendJson(reply: FastifyReply, status: number, body: string): Promise<void> {
  await reply.code(status).type('application/json; charset=utf-8').header('cache-control', 'no-store').send(body);
}
