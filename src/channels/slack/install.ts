// Installing the assistant in a workspace by OAuth: Slack's own provider does it; here are the states, used once each, and the page at the end.
// Loaded late: nothing may import this file but by `import()`.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ClearStateStore, type Installation, InstallProvider, type StateStore } from '@slack/oauth';
import { PreticketError } from '../../errors';
import type { Label, Log } from '../../log';
import type { Vault } from '../../service/vault';
import { clientOptions } from './api';
import { type Installations, NotInstalled } from './installations';
import { renderInstallPage } from './install-page';
import { SILENT } from './silent';
import { say, type Words } from './words';

/** Until whoever began it must be back from Slack. */
const STATE_S = 600;

/** What the assistant asks for: as in manifest.yaml. */
export const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'users:read',
];

export interface OAuthConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** 32 characters or more. */
  readonly stateSecret: string;
}

export interface InstallOptions {
  readonly oauth: OAuthConfig;
  readonly apiUrl: string;
  /** Where Slack sends people back; undefined: where the app's settings say. */
  readonly publicUrl?: string;
  readonly installations: Installations;
  readonly vault: Vault;
  readonly log: Log;
  readonly now: () => number;
  readonly wordsOf: (acceptLanguage: string | undefined) => Words;
}

/** Both answer the request; neither throws. */
export interface Installer {
  /** Sends the browser to Slack. */
  begin(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Where Slack sends it back. @unredacted */
  end(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

class StateRefused extends Error {}

/** Slack's states are signed and bound to the browser by a cookie; that each works once, and for how long, is for the store to say. */
function onceOnly(inner: StateStore, vault: Vault, now: () => number): StateStore {
  return {
    generateStateParam: (options) => inner.generateStateParam(options, new Date(now())),
    async verifyStateParam(_now, state) {
      const options = await inner.verifyStateParam(new Date(now()), state);
      const mark = createHash('sha256').update(state).digest('hex');
      if (!(await vault.once(['slack', 'state', mark], 2 * STATE_S * 1000))) throw new StateRefused();
      return options;
    },
  };
}

export function createInstaller(options: InstallOptions): Installer {
  const { oauth, apiUrl, publicUrl, installations, vault, log, now, wordsOf } = options;
  const { clientId, clientSecret, stateSecret } = oauth;
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    stateStore: onceOnly(new ClearStateStore(stateSecret, STATE_S), vault, now),
    stateCookieExpirationSeconds: STATE_S,
    directInstall: true,
    installationStore: installations,
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    logger: SILENT,
    clientOptions: clientOptions(apiUrl),
  });
  const asked = {
    scopes: SCOPES,
    ...(publicUrl === undefined ? {} : { redirectUri: `${publicUrl}/slack/oauth_redirect` }),
  };
  const show = (request: IncomingMessage, response: ServerResponse, made: Ended): void => {
    const words = wordsOf(request.headers['accept-language']);
    const { name, status, team = '', link } = made;
    const { html, policy } = renderInstallPage({
      language: words.language,
      title: say(words.slack, `${name}Title`, { team }),
      text: say(words.slack, name),
      link: { href: link, text: say(words.slack, `${name}Link`) },
    });
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.writeHead(status);
    response.end(html);
  };
  const failed = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
    const { code, status } = reasonOf(error);
    log.warn('slack-install-failed', { code: code as Label });
    if (!response.headersSent) show(request, response, { name: 'installFailed', status, link: 'install' });
    else response.destroy();
  };
  return {
    async begin(request, response) {
      try {
        response.setHeader('cache-control', 'no-store');
        await provider.handleInstallPath(request, response, undefined, asked);
      } catch (error) {
        failed(request, response, error);
      }
    },
    async end(request, response) {
      try {
        await provider.handleCallback(request, response, {
          success: (installation) =>
            show(request, response, {
              name: 'installed',
              status: 200,
              team: installation.team?.name ?? installation.enterprise?.name ?? '',
              link: openLink(installation),
            }),
          failure: (error) => failed(request, response, error),
        });
      } catch (error) {
        failed(request, response, error);
      }
    },
  };
}

interface Ended {
  readonly name: 'installed' | 'installFailed';
  readonly status: number;
  readonly team?: string;
  readonly link: string;
}

/** Opens the assistant in Slack. */
function openLink({ appId, team }: Installation): string {
  const to = new URL('https://slack.com/app_redirect');
  if (appId !== undefined) to.searchParams.set('app', appId);
  if (team !== undefined) to.searchParams.set('team', team.id);
  return to.href;
}

/** The provider's own codes; what an error says may quote what was sent. */
function reasonOf(error: unknown): { readonly code: string; readonly status: number } {
  if (error instanceof StateRefused) return { code: 'state_used', status: 400 };
  if (error instanceof NotInstalled) return { code: 'no_bot_token', status: 400 };
  if (error instanceof PreticketError) return { code: error.code, status: error.status };
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const named = typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? code : 'unknown';
  // The browser's doing, or Slack's.
  return { code: named, status: /state|missing|authorization|platform/.test(named) ? 400 : 502 };
}
