// Workspaces that installed the assistant: Bolt's installation store, kept sealed in ours. A token is nowhere in clear but in the call that uses it.
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Label, Log } from '../../log';
import type { Vault } from '../../service/vault';

/** No workspace, or one that removed the assistant. */
export class NotInstalled extends Error {
  constructor() {
    super('The assistant is not installed there.');
    this.name = 'NotInstalled';
  }
}

type AnyInstallation = Installation<'v1' | 'v2', boolean>;

/** What is kept of an installation; a workspace of an organisation that installed it as a whole points there. */
interface Kept {
  readonly atMs?: number;
  readonly installation?: AnyInstallation;
  readonly organisation?: string;
}

export interface Installations extends InstallationStore {
  /** The bot's token in a workspace; undefined where it is not installed. Errors: the store's. */
  tokenOf(team: string): Promise<string | undefined>;
  /** Forgets a workspace or an organisation, unless it installed the assistant again after `untilS`, in seconds. Errors: the store's. */
  remove(place: { readonly team: string; readonly organisation: string }, untilS: number): Promise<void>;
}

const teamName = (id: string): string[] => ['slack', 'team', id];
const organisationName = (id: string): string[] => ['slack', 'organisation', id];

/** No more than is needed to call Slack: no token of a person, no address of a webhook. */
function reduced({
  team,
  enterprise,
  bot,
  appId,
  tokenType,
  isEnterpriseInstall,
  user,
}: AnyInstallation): AnyInstallation {
  return {
    team,
    enterprise,
    ...(bot === undefined ? {} : { bot }),
    ...(appId === undefined ? {} : { appId }),
    ...(tokenType === undefined ? {} : { tokenType }),
    ...(isEnterpriseInstall === undefined ? {} : { isEnterpriseInstall }),
    user: { token: undefined, scopes: undefined, id: user.id },
    authVersion: 'v2',
  };
}

export function createInstallations(vault: Vault, log: Log, now: () => number): Installations {
  const read = async (name: readonly string[]): Promise<Kept | undefined> => {
    const found = await vault.get(name);
    if (found === undefined) return undefined;
    if (found.text !== undefined) return JSON.parse(found.text) as Kept;
    // The state secret is another one now: the workspace has to install it again.
    log.warn('slack-failed', { code: 'installation_unreadable' as Label });
    return undefined;
  };
  const nameOf = (installation: AnyInstallation): string[] | undefined => {
    const { isEnterpriseInstall, enterprise, team } = installation;
    if (isEnterpriseInstall) return enterprise === undefined ? undefined : organisationName(enterprise.id);
    return team === undefined ? undefined : teamName(team.id);
  };
  const find = async (query: InstallationQuery<boolean>): Promise<AnyInstallation | undefined> => {
    const { teamId, enterpriseId, isEnterpriseInstall } = query;
    const own = teamId === undefined ? undefined : await read(teamName(teamId));
    if (own?.installation !== undefined && !isEnterpriseInstall) return own.installation;
    const organisation = enterpriseId ?? own?.organisation;
    if (organisation === undefined) return own?.installation;
    const whole = (await read(organisationName(organisation)))?.installation;
    if (whole === undefined) return own?.installation;
    // Work that is done later knows the workspace alone.
    if (teamId !== undefined && own === undefined)
      await vault.put(teamName(teamId), JSON.stringify({ organisation } satisfies Kept));
    return whole;
  };
  return {
    async storeInstallation(installation) {
      const kept = reduced(installation);
      const name = nameOf(kept);
      if (name === undefined || kept.bot === undefined) throw new NotInstalled();
      await vault.put(name, JSON.stringify({ atMs: now(), installation: kept } satisfies Kept));
      log.info('slack-installed');
    },
    async fetchInstallation(query) {
      const found = await find(query);
      if (found === undefined) throw new NotInstalled();
      // The query says of which kind it is.
      return found;
    },
    async deleteInstallation({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (isEnterpriseInstall && enterpriseId !== undefined) await vault.delete(organisationName(enterpriseId));
      if (teamId !== undefined) await vault.delete(teamName(teamId));
    },
    async tokenOf(team) {
      return (await find({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false }))?.bot?.token;
    },
    async remove({ team, organisation }, untilS) {
      for (const name of [
        ...(team === '' ? [] : [teamName(team)]),
        ...(organisation === '' ? [] : [organisationName(organisation)]),
      ]) {
        const kept = await read(name);
        // Slack's times are whole seconds.
        if (kept === undefined || Math.floor((kept.atMs ?? 0) / 1000) > untilS) continue;
        if (await vault.delete(name)) log.info('slack-uninstalled');
      }
    },
  };
}
