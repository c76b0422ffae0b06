// `preticket serve`: the server until a signal ends it.
import { readConfig } from '../config';
import { startServer } from '../main';

/** Errors: CONFIG_INVALID, LISTEN_FAILED, the pack's, the store's. */
export async function serveCommand(): Promise<void> {
  const running = await startServer(readConfig(process.env));
  process.stderr.write(`preticket: ${running.url} (Ctrl+C ends it)\n`);
  await new Promise<void>((resolve, reject) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(1);
      asked = true;
      running.stop().then(resolve, reject);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  });
  process.exit(0);
}
