// `preticket rules test`: every example of every rule and redaction kind.
import { PreticketError } from '../errors';
import { createEngine } from '../engine';
import { loadCliPack } from './engine';

/** Prints each example that fails, and fails with CHECK_FAILED where there is one. */
export async function testCommand(): Promise<void> {
  const { failures, count } = createEngine(await loadCliPack()).testExamples();
  for (const { subject, text, expected } of failures) {
    process.stderr.write(
      `${subject}: expected ${expected} on: ${text.length > 160 ? `${text.slice(0, 160)}…` : text}\n`,
    );
  }
  if (failures.length > 0)
    throw new PreticketError('CHECK_FAILED', `rules test: ${failures.length} of ${count} examples fail`);
  process.stdout.write(`rules test: ${count} examples, all as expected\n`);
}
