// The token of a conversation: from the Authorization header, or from a browser's subprotocols. Never from a URL.
import type { FastifyRequest } from 'fastify';
import { PreticketError } from '../errors';
import type { Bearer } from '../service/admit';
import { isToken } from '../service/secrets';

export const SUBPROTOCOL = 'preticket';

export interface IdParams {
  readonly id: string;
}

function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '');
  if (bearer) return bearer[1];
  const [name, token] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  return name === SUBPROTOCOL ? token : undefined;
}

/** Throws TOKEN_MISSING where there is none, or none that could be one. */
export function bearerOf(request: FastifyRequest): Bearer {
  const token = tokenOf(request);
  if (token === undefined || !isToken(token)) {
    throw new PreticketError(
      'TOKEN_MISSING',
      'A bearer token is needed: the one that came with the conversation, in the Authorization header.',
    );
  }
  return { id: (request.params as IdParams).id, token };
}
