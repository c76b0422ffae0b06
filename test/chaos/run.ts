// The whole of chaos: `npm run chaos [OPERATIONS [KILLS]]`, in all and shared by the three kinds of Redis; needs `npm run build`.
import { machine } from '../bench/timing';
import type { Mishap } from '../support/fake-helpdesk';
import { type DeskKind, WAYS } from './desk';
import { chaos, isGood, type Report, type Topology, TOPOLOGIES } from './play';

const [operations = 10_500, kills = 54] = process.argv.slice(2).map(Number);
const share = (total: number): number => Math.ceil(total / TOPOLOGIES.length);
const out = (line: string): boolean => process.stdout.write(`${line}\n`);

const DESK: Readonly<Record<Topology, DeskKind>> = { alone: 'webhook', sentinel: 'zendesk', cluster: 'whmcs' };
/** One request in four meets a mishap, each way as often as the others. */
const MISHAP_EVERY = 4;
const MOST_REQUESTS = 4000;

function mishapsOf(desk: DeskKind): (Mishap | undefined)[] {
  // To a webhook any 2xx is a success, however much comes with it, and the fake made no ticket then.
  const ways = WAYS.filter((way) => desk !== 'webhook' || way !== 'huge');
  return Array.from({ length: MOST_REQUESTS }, (_, i) =>
    i % MISHAP_EVERY === 0 ? ways[(i / MISHAP_EVERY) % ways.length] : undefined,
  );
}

function show(report: Report): void {
  const { topology, seconds, conversations, acknowledged, retries, slowestMs, kills: killed } = report;
  const { lost, doubled, reordered, changed, undead } = report;
  const { desk, mishaps: failed, outages, tickets, undelivered, twice, strange } = report;
  const deaths = Object.entries(killed)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  out(`${topology}: ${acknowledged} acknowledged in ${conversations} conversations, ${seconds} s; killed: ${deaths}`);
  out(`  retries ${retries}, slowest operation ${slowestMs} ms`);
  out(`  lost ${lost}, doubled ${doubled}, reordered ${reordered}, answers changed ${changed}, undead ${undead}`);
  out(`  ${desk}: ${tickets} tickets, ${failed} requests failed, unreachable ${outages} times`);
  out(`  undelivered ${undelivered}, twice ${twice}, told to nobody ${strange}`);
}

async function main(): Promise<void> {
  out(machine());
  const reports: Report[] = [];
  for (const topology of TOPOLOGIES) {
    const options = {
      topology,
      operations: share(operations),
      kills: share(kills),
      people: 24,
      messages: 12,
      desk: DESK[topology],
      mishaps: mishapsOf(DESK[topology]),
    };
    const report = await chaos(options, (line) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${line}`));
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    reports.push(report);
    show(report);
  }
  const sum = (value: (report: Report) => number): number => reports.reduce((total, one) => total + value(one), 0);
  const killed = sum((one) => Object.values(one.kills).reduce((total, count) => total + count, 0));
  out(`in all: ${sum((one) => one.acknowledged)} acknowledged, ${killed} kills, ${sum((one) => one.tickets)} tickets`);
  if (!reports.every(isGood)) throw new Error('something that was acknowledged is not as it was');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
});
