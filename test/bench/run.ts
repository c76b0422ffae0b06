// All benchmarks: `npm run bench`, or those that are named: `npm run bench -- redis turn-cpu`. Figures are ratios within one run; machines are noisy.
import { benchDeliveries } from './deliveries';
import { benchGrowth } from './growth';
import { benchHttpMessages } from './http-messages';
import { benchRedactLog } from './redact-log';
import { benchSocketMemory } from './socket-memory';
import { benchRedis } from './redis';
import { machine } from './timing';
import { benchTriageMessage } from './triage-message';
import { benchTurnCpu } from './turn-cpu';

/** By the names of their files, in the order in which they run. */
const BENCHES: Readonly<Record<string, () => Promise<string | readonly string[]>>> = {
  'triage-message': benchTriageMessage,
  'redact-log': benchRedactLog,
  'turn-cpu': benchTurnCpu,
  'http-messages': benchHttpMessages,
  'socket-memory': benchSocketMemory,
  growth: benchGrowth,
  deliveries: benchDeliveries,
  redis: benchRedis,
};

async function main(wanted: readonly string[]): Promise<void> {
  const strange = wanted.filter((name) => BENCHES[name] === undefined);
  if (strange.length > 0) throw new Error(`no such benchmark; there are ${Object.keys(BENCHES).join(', ')}`);
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  out(machine());
  for (const [name, bench] of Object.entries(BENCHES))
    if (wanted.length === 0 || wanted.includes(name)) for (const line of [await bench()].flat()) out(line);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
