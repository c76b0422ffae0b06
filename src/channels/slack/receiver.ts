// A receiver of Bolt's that acknowledges late: an event only once what it led to is durable, and what cannot be made so in time not at all.
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/** Slack gives up after three seconds. */
export const ACK_MS = 2500;

/** `failed`: to be sent again. `refused`: of no shape that Slack has. `acked`: with what the listener answers, if anything. */
export type Outcome =
  { readonly kind: 'acked'; readonly answer?: unknown } | { readonly kind: 'failed' } | { readonly kind: 'refused' };

export class LateReceiver implements Receiver {
  private app: App | undefined;
  private readonly running = new Set<Promise<unknown>>();
  private readonly read = new WeakSet<object>();

  init(app: App): void {
    this.app = app;
  }

  /** Bolt made sense of a body, and what goes wrong from here on is ours. */
  understood(body: object): void {
    this.read.add(body);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Waits for what runs. */
  async stop(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /**
   * Runs the listeners. Events are acknowledged by them as soon as they come in, which is too early: they count as acknowledged when the
   * listeners have ended without an error; everything else when its listener says so. Never throws.
   */
  deliver(body: Record<string, unknown>, retryNum?: number): Promise<Outcome> {
    const { app } = this;
    if (app === undefined) return Promise.resolve({ kind: 'failed' });
    const isEvent = typeof body['event'] === 'object' && body['event'] !== null;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'failed' }), ACK_MS);
      const end = (outcome: Outcome): void => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const event: ReceiverEvent = {
        body,
        ...(retryNum === undefined ? {} : { retryNum }),
        ack: (answer?: unknown) => {
          if (!isEvent) end({ kind: 'acked', ...(answer === undefined ? {} : { answer }) });
          return Promise.resolve();
        },
      };
      const run = app.processEvent(event).then(
        () => end({ kind: 'acked' }),
        () => end({ kind: this.read.has(body) ? 'failed' : 'refused' }),
      );
      this.running.add(run);
      void run.finally(() => this.running.delete(run));
    });
  }
}
