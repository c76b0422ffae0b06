// Slack over a socket that we open. The library's own reconnecting lets an error escape that ends the process, so we reconnect ourselves.
import type { SocketModeClient } from '@slack/socket-mode';
import type { Label, Log } from '../../log';
import { clientOptions, refusalOf } from './api';
import type { Outcome } from './receiver';
import { SILENT } from './silent';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 20_000;
const PONG_MS = 5000;
const PING_MS = 30_000;

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  readonly deliver: (body: Record<string, unknown>, retryNum?: number) => Promise<Outcome>;
}

interface SocketEvent {
  readonly ack: (answer?: Record<string, unknown>) => Promise<void>;
  readonly body: Record<string, unknown>;
  readonly retry_num?: number;
}

/** Connects and stays connected until stopped. A server starts also while Slack cannot be reached: this resolves before it is connected. */
export async function openSocket(options: SocketOptions): Promise<{ stop(): Promise<void> }> {
  const { SocketModeClient: Client } = await import('@slack/socket-mode');
  const client: SocketModeClient = new Client({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_MS,
    serverPingTimeout: PING_MS,
    logger: SILENT,
    clientOptions: { ...clientOptions(options.apiUrl), retryConfig: { retries: 0 } },
  });
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let said = '';
  let connecting = false;

  const connect = async (): Promise<void> => {
    if (stopped || connecting) return;
    connecting = true;
    try {
      await client.start();
      failures = 0;
      said = '';
      options.log.info('slack-connected');
    } catch (error) {
      failures++;
      // Slack's own word and no more: an error may hold parts of the token. Said once for each reason in a row.
      const { message } = refusalOf(error);
      if (message !== said) options.log.warn('slack-disconnected', { code: message as Label });
      said = message;
    } finally {
      connecting = false;
    }
    if (failures > 0) again();
  };
  function again(): void {
    if (stopped || connecting) return;
    clearTimeout(timer);
    const pause = failures === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    timer = setTimeout(() => void connect(), pause).unref();
  }

  client.on('disconnected', () => {
    if (!connecting) again();
  });
  client.on('slack_event', (event: SocketEvent) => {
    void options.deliver(event.body, event.retry_num).then(async (outcome) => {
      // Without an acknowledgement Slack sends it again.
      if (outcome.kind === 'failed') return;
      const answer = outcome.kind === 'acked' ? outcome.answer : undefined;
      try {
        await (typeof answer === 'object' && answer !== null
          ? event.ack(answer as Record<string, unknown>)
          : event.ack());
      } catch {
        // The socket went away meanwhile: Slack sends the event again, and it is known by its id.
        options.log.debug('slack-disconnected');
      }
    });
  });
  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      try {
        await client.disconnect();
      } catch {
        // It was not connected.
        options.log.debug('slack-disconnected');
      }
    },
  };
}
