// `/redact-aside.js`, loaded for long texts only: redacts them in a worker, beside the page's own thread, where the page is the server's own.
// Elsewhere the policy of the site lets no worker in. The worker is this same file.
import type { loadRedactor as LoadRedactor, BrowserRedaction, BrowserRedactor } from './redact';

const FRAME_MS = 100;
const ANSWER_WITHIN_MS = 10_000;

let worker: Worker | undefined;
let hasFailed = false;

/**
 * What `redactor` would say, from a worker where there may be one; else from the page's thread, once what tells of the wait is painted.
 * `base`: `https://HOST` of the server. Throws what the redactor throws.
 */
export async function redactAside(
  base: string,
  redactor: Pick<BrowserRedactor, 'redact'>,
  text: string,
): Promise<BrowserRedaction> {
  if (base === location.origin && !hasFailed) {
    const answer = await askWorker(base, text);
    if (answer) return answer;
    // A browser without module workers, one that ran out of memory, or a text that the redactor refuses.
    hasFailed = true;
    worker?.terminate();
  }
  await painted();
  return redactor.redact(text);
}

function askWorker(base: string, text: string): Promise<BrowserRedaction | undefined> {
  return new Promise((resolve) => {
    const none = (): void => resolve(undefined);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<BrowserRedaction | undefined>) => resolve(data);
    setTimeout(none, ANSWER_WITHIN_MS);
    try {
      worker ??= new Worker(`${base}/redact-aside.js`, { type: 'module' });
    } catch {
      return none();
    }
    worker.addEventListener('error', none, { once: true });
    worker.postMessage(text, [port2]);
  });
}

/** A page that is not shown paints nothing: then a moment will do. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, FRAME_MS);
  });
}

/** The worker: a text comes with the port that its answer goes to; nothing where the redactor refuses it. */
function work(): void {
  const base = location.origin;
  const redactor = (import(`${base}/redact.js`) as Promise<{ loadRedactor: typeof LoadRedactor }>).then(
    ({ loadRedactor }) => loadRedactor(base),
  );
  addEventListener('message', ({ data, ports }: MessageEvent<string>) => {
    void redactor
      .then((made) => made.redact(data))
      .then(
        (answer) => ports[0]?.postMessage(answer),
        () => ports[0]?.postMessage(undefined),
      );
  });
}

if (typeof document === 'undefined') work();
