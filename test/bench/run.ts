// All benchmarks: `npm run bench`. Figures are ratios within one run; machines are noisy.
import { benchDeliveries } from './deliveries';
import { benchGrowth } from './growth';
import { benchHttpMessages } from './http-messages';
import { benchRedactLog } from './redact-log';
import { benchSocketMemory } from './socket-memory';
import { benchRedis } from './redis';
import { machine } from './timing';
import { benchTriageMessage } from './triage-message';
import { benchTurnCpu } from './turn-cpu';

async function main(): Promise<void> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  out(machine());
  out(await benchTriageMessage());
  for (const line of await benchRedactLog()) out(line);
  for (const line of await benchTurnCpu()) out(line);
  out(await benchHttpMessages());
  out(await benchSocketMemory());
  for (const line of await benchGrowth()) out(line);
  out(await benchDeliveries());
  for (const line of await benchRedis()) out(line);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
