// Helpdesks on a real socket, each with the documented behaviour of its API, and a list of what goes wrong with the next tickets.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  readonly id: string;
  readonly reference: string;
  readonly subject: string;
  readonly body: string;
}

/** What happens to a request that would make a ticket. `lose`: the ticket is made and the connection is cut. */
export type Mishap =
  'lose' | 'busy' | 'error' | 'slow' | 'malformed' | 'huge' | 'redirect' | 'missing' | 'refuse' | 'login';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** One API: undefined where a request makes no ticket and nothing is there. */
export interface Api {
  readonly isCreate: (request: Request) => boolean;
  readonly hasLogin: (request: Request) => boolean;
  /** Wrong credentials, as this API says it. */
  readonly denial: Reply;
  readonly create: (request: Request, tickets: Taken[]) => Reply;
  readonly look?: (request: Request, tickets: readonly Taken[]) => Reply | undefined;
  /** What this API answers where it breaks; 500 and no JSON where left out. */
  readonly breakage?: Reply;
}

export interface FakeHelpdesk {
  readonly url: string;
  readonly tickets: Taken[];
  readonly requests: Request[];
  /** Taken one a ticket request, `undefined` where it goes well; then all goes well. */
  readonly mishaps: (Mishap | undefined)[];
  close(): Promise<void>;
}

export async function fakeHelpdesk(api: Api): Promise<FakeHelpdesk> {
  const tickets: Taken[] = [];
  const requests: Request[] = [];
  const mishaps: (Mishap | undefined)[] = [];
  const send = (response: http.ServerResponse, { status, body }: Reply, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = http.createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://x');
      const request: Request = {
        method: incoming.method ?? '',
        path: pathname,
        query: searchParams,
        headers: incoming.headers,
        text: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      if (!api.hasLogin(request)) return send(response, api.denial);
      if (!api.isCreate(request)) return send(response, api.look?.(request, tickets) ?? { status: 404, body: {} });
      switch (mishaps.shift()) {
        case undefined:
          return send(response, api.create(request, tickets));
        case 'lose':
          api.create(request, tickets);
          return void incoming.socket.destroy();
        case 'slow':
          return void api.create(request, tickets);
        case 'malformed':
          api.create(request, tickets);
          return send(response, { status: 200, body: '<html>maintenance</html>' });
        case 'huge':
          return send(response, { status: 200, body: 'x'.repeat(2_000_000) });
        case 'busy':
          return send(response, { status: 429, body: {} }, { 'retry-after': '7' });
        case 'error':
          return send(response, api.breakage ?? { status: 502, body: 'bad gateway' });
        case 'redirect':
          return send(response, { status: 302, body: '' }, { location: 'http://127.0.0.1:1/stolen' });
        case 'missing':
          return send(response, { status: 404, body: {} });
        case 'refuse':
          return send(response, { status: 422, body: { error: 'Sample-Words-Of-The-Server' } });
        case 'login':
          return send(response, api.denial);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tickets,
    requests,
    mishaps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
