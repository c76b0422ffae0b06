// The redactor of the server as an ES module for browsers: the same modules, with the data of the pack that the server has loaded.
import { unpackRedaction } from '../../../redact/portable/portable';
import { createRedactor } from '../../../redact/redactor';

export interface RedactionCount {
  readonly kind: string;
  readonly count: number;
}

/** What was removed and where it stood: UTF-16 units of the text that was given. */
export interface Removed {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

export interface BrowserRedaction {
  /** The text with `[redacted:KIND]` in place of each credential. */
  readonly text: string;
  readonly redactions: readonly RedactionCount[];
  /** In order of place, never overlapping. */
  readonly removed: readonly Removed[];
}

export interface BrowserRedactor {
  /** Throws where a rule fails: then nothing of the text may pass. */
  redact(text: string): BrowserRedaction;
}

/** A task of its own, so that keys and clicks come between; timers would be held to one in a few milliseconds. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const made = new Map<string, Promise<BrowserRedactor>>();

/**
 * The redactor of the server at `base` (`https://HOST`, or empty for this origin), made once.
 * Rejects where its data cannot be had; the next call tries again.
 */
export function loadRedactor(base: string): Promise<BrowserRedactor> {
  let redactor = made.get(base);
  if (redactor === undefined) {
    redactor = make(base);
    made.set(base, redactor);
    redactor.catch(() => made.delete(base));
  }
  return redactor;
}

async function make(base: string): Promise<BrowserRedactor> {
  const response = await fetch(`${base.replace(/\/+$/, '')}/redact.bin`, { credentials: 'omit' });
  if (!response.ok) throw new Error(`redact.bin: ${response.status}`);
  const redactor = createRedactor(await unpackRedaction(new Uint8Array(await response.arrayBuffer()), nextTask));
  return {
    redact(raw) {
      const { text, redactions, spans, observations } = redactor.redact(raw);
      let shift = 0;
      const removed = spans.map(({ kind, start, end }, i) => {
        const length = observations[i]?.length ?? 0;
        const from = start + shift;
        shift += length - (end - start);
        return { kind, start: from, end: from + length };
      });
      return { text, redactions, removed };
    },
  };
}
