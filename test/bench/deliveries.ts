// Whether tickets that wait for a helpdesk that is away slow conversations down: message latencies without them, in their first rush, and after it.
import { DeliveryFault, type Helpdesk } from '../../src/helpdesks/helpdesk';
import { createService } from '../../src/service';
import { createTalk } from '../../src/service/core';
import { newId } from '../../src/service/secrets';
import { DELIVERY_KIND } from '../../src/service/ticket';
import { startWorkers } from '../../src/service/worker';
import { openEmbeddedStore } from '../../src/stores/embedded';
import { engine } from '../support/engine';
import { temporaryFolder } from '../support/test-server';

const TICKETS = 10_000;
const MESSAGES = 400;
const LANES = 2;
const RUSH_MS = 12_000;
const TEXT = 'It says "IP not allowed". We whitelisted 203.0.113.40 but the pods leave through a NAT gateway.';

const DEAD: Helpdesk = {
  kind: 'dead',
  deliver: () => Promise.reject(new DeliveryFault('unreachable', { retryable: true })),
};

export async function benchDeliveries(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openEmbeddedStore({ dir: folder.dir });
  const core = await engine();
  const talk = createTalk({ engine: core, fieldKeys: ['account', 'outboundIp'], defaultLanguage: 'en' });
  const service = createService({ store, talk, engine: core, maxMessageBytes: 10_000, ttlDays: 30, helpdesk: DEAD });
  const first = await service.open({});
  await service.message(first, TEXT);
  await service.requestTicket(first);
  const { record } = (await store.load(first.id)) ?? { record: '' };
  const { work } = (JSON.parse(record) as { delivery: { work: string } }).delivery;
  for (let i = 0; i < TICKETS; i += 200)
    await Promise.all(
      Array.from({ length: 200 }, () =>
        store.create(newId(), {
          record,
          put: [{ name: work, kind: DELIVERY_KIND, dueAtMs: Date.now() }],
          expiresAtMs: Date.now() + 3_600_000,
        }),
      ),
    );
  const p99 = async (): Promise<number> => {
    const times: number[] = [];
    const lane = async (): Promise<void> => {
      for (let i = 0; i < MESSAGES / LANES; i++) {
        const bearer = await service.open({});
        const begun = performance.now();
        await service.message(bearer, TEXT);
        times.push(performance.now() - begun);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN;
  };
  await p99();
  const before = await p99();
  const workers = startWorkers({ store, handlers: { [DELIVERY_KIND]: service.deliver }, ttlDays: 30 });
  const rush = await p99();
  await new Promise((resolve) => setTimeout(resolve, RUSH_MS));
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const { user, system } = process.cpuUsage(cpu);
  const after = await p99();
  await workers.stop();
  const again = await p99();
  await service.stop();
  await store.close();
  folder.remove();
  const ratio = (ms: number): string => (ms / ((before + again) / 2)).toFixed(2);
  return (
    `deliveries: ${TICKETS} tickets wait, helpdesk away: p99 of a message x${ratio(rush)} in the first rush, x${ratio(after)} after it ` +
    `(${before.toFixed(1)} and ${again.toFixed(1)} ms without workers); idle CPU with them ${((user + system) / 30_000).toFixed(1)} % of a core`
  );
}
