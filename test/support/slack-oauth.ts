// A browser that installs the assistant in a workspace, as Slack leads it.
import type { OAuthConfig } from '../../src/channels/slack/install';
import type { FakeSlack, Grant } from './fake-slack';

export const OAUTH: OAuthConfig = {
  clientId: '111.222',
  clientSecret: ['client', 'secret', 'of', 'tests'].join('-'),
  stateSecret: ['state', 'secret', 'of', 'tests', '0123456789abcdef'].join('-'),
};

export const tokenOf = (name: string): string => ['xoxb', '33333333', name, 'tokentokentoken'].join('-');

export const grantOf = (id: string, name: string): Grant => ({ team: { id, name }, token: tokenOf(id) });

export interface Begun {
  readonly to: URL;
  readonly state: string;
  readonly cookie: string;
}

/** The browser is sent to Slack. */
export async function begin(url: string): Promise<Begun> {
  const response = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const to = new URL(response.headers.get('location') ?? 'none:');
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { to, state: to.searchParams.get('state') ?? '', cookie };
}

/** It comes back. */
export async function comeBack(url: string, query: Record<string, string>, cookie = '', language = 'en') {
  const response = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query).toString()}`, {
    headers: { cookie, 'accept-language': language },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

let codes = 0;

export async function install(url: string, fake: FakeSlack, grant: Grant) {
  const { state, cookie } = await begin(url);
  const code = `code-${++codes}`;
  fake.grants.set(code, grant);
  return comeBack(url, { code, state }, cookie);
}
