// All benchmarks: `npm run bench`. Figures are ratios within one run; machines are noisy.
import { benchDeliveries } from './deliveries';
import { benchGrowth } from './growth';
import { benchRedactLog } from './redact-log';
import { machine } from './timing';
import { benchTriageMessage } from './triage-message';

async function main(): Promise<void> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  out(machine());
  out(await benchTriageMessage());
  out(await benchRedactLog());
  for (const line of await benchGrowth()) out(line);
  out(await benchDeliveries());
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
