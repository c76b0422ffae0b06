// Answers through the address that came with a deed. Only Slack's own, or the one that is configured in its place, is ever called.
import type { Json } from './blocks';
import { SlackRefusal } from './api';

const TIMEOUT_MS = 5000;

/** Throws SlackRefusal. */
export type Respond = (url: string, body: Json) => Promise<void>;

function isSlacks(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return (protocol === 'https:' && hostname === 'hooks.slack.com') || origin === new URL(apiUrl).origin;
}

export const createRespond =
  (apiUrl: string): Respond =>
  async (url, body) => {
    if (!isSlacks(url, apiUrl)) throw new SlackRefusal('no_response_url', false);
    let status: number;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      ({ status } = answer);
    } catch {
      // What went wrong on the way names the address; that it did is enough.
      throw new SlackRefusal('unreachable', true);
    }
    if (status !== 200) throw new SlackRefusal('response_url_refused', false);
  };
