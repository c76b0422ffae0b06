// The whole of chaos: `npm run chaos [OPERATIONS [KILLS]]`, in all and shared by the three kinds of Redis; needs `npm run build`.
import { machine } from '../bench/timing';
import { chaos, isGood, type Report, TOPOLOGIES } from './play';

const [operations = 10_500, kills = 54] = process.argv.slice(2).map(Number);
const share = (total: number): number => Math.ceil(total / TOPOLOGIES.length);
const out = (line: string): boolean => process.stdout.write(`${line}\n`);

function show(report: Report): void {
  const { topology, seconds, conversations, acknowledged, retries, slowestMs, kills: killed } = report;
  const { lost, doubled, reordered, changed, undead } = report;
  const deaths = Object.entries(killed)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  out(`${topology}: ${acknowledged} acknowledged in ${conversations} conversations, ${seconds} s; killed: ${deaths}`);
  out(`  retries ${retries}, slowest operation ${slowestMs} ms`);
  out(`  lost ${lost}, doubled ${doubled}, reordered ${reordered}, answers changed ${changed}, undead ${undead}`);
}

async function main(): Promise<void> {
  out(machine());
  const reports: Report[] = [];
  for (const topology of TOPOLOGIES) {
    const options = { topology, operations: share(operations), kills: share(kills), people: 24, messages: 40 };
    const report = await chaos(options, (line) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${line}`));
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    reports.push(report);
    show(report);
  }
  const sum = (value: (report: Report) => number): number => reports.reduce((total, one) => total + value(one), 0);
  const killed = sum((one) => Object.values(one.kills).reduce((total, count) => total + count, 0));
  out(`in all: ${sum((one) => one.acknowledged)} acknowledged, ${killed} kills`);
  if (!reports.every(isGood)) throw new Error('something that was acknowledged is not as it was');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
});
