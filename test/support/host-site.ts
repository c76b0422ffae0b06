// Another site on another origin under the strict policy of the contract: its pages, and everything that reaches it.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came to the site, in order. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface HostSite {
  readonly url: string;
  readonly arrived: Arrived[];
  /** HTML by path; a script by a path that ends in `.js`. */
  readonly pages: Map<string, string>;
  close(): Promise<void>;
}

/** `scripts`: the origin that pages may load scripts from and call. */
export async function hostSite(scripts: string): Promise<HostSite> {
  const arrived: Arrived[] = [];
  const pages = new Map<string, string>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const path = url.split('?')[0] ?? '';
      arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const page = method === 'GET' ? pages.get(path) : undefined;
      response.writeHead(page === undefined && method === 'GET' ? 404 : 200, {
        'content-type': path.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; script-src ${scripts} 'self'; connect-src ${scripts}; style-src ${scripts}; img-src ${scripts}`,
      });
      response.end(page ?? `<!doctype html><html lang="en"><title>sent</title><h1>${method}</h1></html>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    arrived,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
