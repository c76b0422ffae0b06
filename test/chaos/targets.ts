// What is killed without warning, and how it comes back. Each resolves once what it killed is back and may be killed again.
import { eventually, type Fixture, onlineReplicas, pause, type RedisProcess } from '../support/redis-server';
import { type Served, served } from '../support/served';

export interface Target {
  readonly name: string;
  strike(): Promise<void>;
}

const DOWN_MS = 300;

/** A node; it comes back on its own port. */
export function nodeTarget(name: string, nodes: Served[], at: number, environment: NodeJS.ProcessEnv): Target {
  return {
    name,
    async strike() {
      const node = nodes[at];
      if (node === undefined) return;
      await node.kill();
      nodes[at] = await served('', node.port, environment);
    },
  };
}

async function comeBack(server: RedisProcess): Promise<void> {
  await server.kill();
  await pause(DOWN_MS);
  await server.start();
}

/** A Redis that stands alone: what it acknowledged is in its append-only file. */
export const aloneTarget = ({ servers }: Fixture): Target => ({
  name: 'redis',
  async strike() {
    for (const server of servers) await comeBack(server);
  },
});

/** The primary under Sentinel: a replica takes over; the old one comes back as a replica. */
export const sentinelTarget = (fixture: Fixture & { primary(): RedisProcess | undefined }): Target => ({
  name: 'redis primary (Sentinel)',
  async strike() {
    const before = fixture.primary();
    if (before === undefined) throw new Error('no primary');
    await before.kill();
    await eventually('another primary', () => {
      const now = fixture.primary();
      return now !== undefined && now !== before && now.cli('role').startsWith('master');
    });
    await before.start();
    await eventually('both replicas are attached', () => onlineReplicas(fixture.primary() ?? before) === 2);
  },
});

/** A primary of the Cluster: its replica takes over; the old one comes back as a replica. */
export const clusterTarget = ({ servers }: Fixture): Target => ({
  name: 'redis primary (Cluster)',
  async strike() {
    const primaries = servers.filter((server) => server.cli('role').startsWith('master') && onlineReplicas(server) > 0);
    const one = primaries[Math.floor(Math.random() * primaries.length)];
    if (one === undefined) throw new Error('no primary with a replica');
    await one.kill();
    const others = servers.filter((server) => server !== one);
    await eventually('the Cluster stands again', () =>
      others.every((server) => server.cli('cluster', 'info').includes('cluster_state:ok')),
    );
    await one.start();
    await eventually(
      'every primary has its replica',
      () =>
        servers.reduce((sum, server) => sum + onlineReplicas(server), 0) === 3 &&
        servers.every((server) => server.cli('cluster', 'info').includes('cluster_state:ok')),
    );
  },
});
