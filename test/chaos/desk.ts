// The helpdesk of a chaos: a real socket with the behaviour of one of the APIs, which fails in every way while people ask for tickets,
// and in the end is well. Two of the three would make two tickets of one if they were asked twice.
import { createHash } from 'node:crypto';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { type Api, fakeHelpdesk, type FakeHelpdesk, type Mishap, type Taken } from '../support/fake-helpdesk';
import { webhookApi, whmcsApi, zendeskApi } from '../support/helpdesk-apis';
import { pause } from '../support/redis-server';

export const DESKS = ['webhook', 'zendesk', 'whmcs'] as const;
export type DeskKind = (typeof DESKS)[number];

/** All ways in which a helpdesk can fail. After the last three the ticket has failed until somebody asks for another try. */
export const WAYS: readonly Mishap[] = [
  'lose',
  'error',
  'malformed',
  'busy',
  'slow',
  'huge',
  'redirect',
  'missing',
  'login',
];

export interface Desk {
  readonly environment: NodeJS.ProcessEnv;
  readonly tickets: readonly Taken[];
  /** Whether a ticket without a reference is not known to have arrived; of a webhook any 2xx says so. */
  readonly needsReference: boolean;
  /** Ids under which tickets were sent, of every request; the receiver of a webhook drops repeats by them. */
  sentIds(): Set<string>;
  /** Requests that met a mishap so far. */
  readonly mishaps: () => number;
  /** Unreachable for a moment, in the middle of whatever runs. */
  strike(): Promise<void>;
  /** From now on all goes well. */
  recover(): void;
  close(): Promise<void>;
}

const DOWN_MS = 1500;
const wordOf = (name: string): string => createHash('sha256').update(`chaos ${name}`).digest('hex');

function kindOf(kind: DeskKind): { api: Api; settings: NodeJS.ProcessEnv } {
  switch (kind) {
    case 'webhook': {
      const secret = `whsec_${Buffer.from(wordOf('hook')).toString('base64')}`;
      return { api: webhookApi(secret), settings: { HELPDESK_SECRET: secret } };
    }
    case 'zendesk': {
      const token = wordOf('desk');
      // Keys are as old as two hours: only looking first makes one of two.
      const api = zendeskApi('chaos@example.com', token, { forgets: true });
      return { api, settings: { HELPDESK_USER: 'chaos@example.com', HELPDESK_TOKEN: token } };
    }
    case 'whmcs': {
      const secret = wordOf('billing');
      const settings = { HELPDESK_IDENTIFIER: 'chaos', HELPDESK_SECRET: secret, HELPDESK_DEPARTMENT: '2' };
      return { api: whmcsApi('chaos', secret, '2'), settings };
    }
  }
}

/** `mishaps`: what the first requests meet, in order. */
export async function chaosDesk(kind: DeskKind, mishaps: readonly (Mishap | undefined)[]): Promise<Desk> {
  const { api, settings } = kindOf(kind);
  const fake = await fakeHelpdesk(api);
  fake.mishaps.push(...mishaps);
  const planned = mishaps.filter((one) => one !== undefined).length;
  let spared = 0;
  const way = await gate(Number(new URL(fake.url).port));
  return {
    environment: { HELPDESK: kind, HELPDESK_URL: `http://127.0.0.1:${way.port}`, ...settings },
    tickets: fake.tickets,
    needsReference: kind !== 'webhook',
    sentIds: () => sentIds(fake),
    mishaps: () => planned - spared - fake.mishaps.filter((one) => one !== undefined).length,
    async strike() {
      await way.shut();
      await pause(DOWN_MS);
      await way.open();
    },
    recover() {
      spared += fake.mishaps.splice(0).filter((one) => one !== undefined).length;
    },
    async close() {
      await way.shut();
      await fake.close();
    },
  };
}

/** The id stands in every request that would make a ticket, wherever the API wants it. */
function sentIds({ requests }: FakeHelpdesk): Set<string> {
  const ids = requests
    .filter(({ method }) => method === 'POST')
    .flatMap(({ headers, text }) =>
      [text, JSON.stringify(headers)].flatMap((part) => part.match(/\btk_[a-z0-9]+/g) ?? []),
    );
  return new Set(ids);
}

interface Gate {
  readonly port: number;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** A way to `to` that can be shut: who is on it is cut off, who comes is refused. */
async function gate(to: number): Promise<Gate> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async shut() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: () => listen(port),
  };
}
