// How many messages a second does the service take, each on disk before its answer, beside a bare Fastify echo that writes as much as durably?
import { Client, each, type Mode, startBench, TALK } from './load';

const CONVERSATIONS = 150;
const AT_ONCE = 32;
const ROUNDS = 3;

/** Messages a second; the conversations were opened before. */
async function rate(client: Client): Promise<number> {
  const opened = await Promise.all(Array.from({ length: CONVERSATIONS }, () => client.open()));
  const begun = performance.now();
  await each(CONVERSATIONS, AT_ONCE, async (n) => {
    const { id, token } = opened[n] ?? { id: '', token: '' };
    for (const text of TALK) await client.post(`/v1/conversations/${id}/messages`, { text }, token);
  });
  return (CONVERSATIONS * TALK.length) / ((performance.now() - begun) / 1000);
}

export async function benchHttpMessages(): Promise<string> {
  const sides = await Promise.all(
    (['service', 'echo'] as readonly Mode[]).map(async (mode) => {
      const bench = await startBench(mode);
      const client = new Client(bench.port);
      await rate(client);
      return { bench, client, rates: [] as number[] };
    }),
  );
  // By turns, so that both sides see the same noise.
  for (let round = 0; round < ROUNDS; round++) for (const { client, rates } of sides) rates.push(await rate(client));
  const [ours = NaN, theirs = NaN] = sides.map(
    ({ rates }) => rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN,
  );
  for (const { client, bench } of sides) {
    client.close();
    await bench.close();
  }
  return `messages a second over HTTP with durable writes: preticket ${ours.toFixed(0)}, bare echo ${theirs.toFixed(0)}, ratio ${(ours / theirs).toFixed(2)}`;
}
