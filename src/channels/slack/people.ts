// Who somebody is and who reads a channel, asked of Slack and remembered for some minutes. What cannot be known counts as the stricter case.
import { type Answer, type SlackApi, SlackRefusal } from './api';

const KEEP_MS = 10 * 60_000;
const MOST_KEPT = 5000;

export interface Person {
  /** As Slack has it, such as `pt-BR`; empty where it is not known. */
  readonly locale: string;
  /** A guest, or of another organisation: a customer, not staff. */
  readonly outside: boolean;
}

export interface People {
  /** Never throws: who cannot be looked up is staff without a language, unless `team` is another one. */
  person(user: string, home: string, team?: string): Promise<Person>;
  /** Whether others than staff read a channel. Throws SlackRefusal where it may be known later. */
  isShared(home: string, channel: string): Promise<boolean>;
}

const part = (answer: Answer, name: string): Answer => {
  const value = answer[name];
  return typeof value === 'object' && value !== null ? (value as Answer) : {};
};

export function createPeople(apiOf: (team: string) => SlackApi, now: () => number): People {
  const kept = new Map<string, { readonly person: Person; readonly untilMs: number }>();
  return {
    async person(user, home, team = '') {
      const stranger = team !== '' && home !== '' && team !== home;
      // An id means somebody in a workspace only.
      const key = `${home}:${user}`;
      const known = kept.get(key);
      if (known !== undefined && known.untilMs > now())
        return stranger ? { ...known.person, outside: true } : known.person;
      try {
        const found = part(await apiOf(home).call('users.info', { user, include_locale: true }), 'user');
        const teamOf = typeof found['team_id'] === 'string' ? found['team_id'] : '';
        const person = {
          locale: typeof found['locale'] === 'string' ? found['locale'] : '',
          outside:
            stranger ||
            (teamOf !== '' && home !== '' && teamOf !== home && found['enterprise_user'] === undefined) ||
            found['is_stranger'] === true ||
            found['is_restricted'] === true ||
            found['is_ultra_restricted'] === true,
        };
        if (kept.size >= MOST_KEPT) kept.clear();
        kept.set(key, { person, untilMs: now() + KEEP_MS });
        return person;
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        return { locale: '', outside: stranger };
      }
    },
    async isShared(home, channel) {
      // A direct message has nobody else in it.
      if (channel.startsWith('D')) return false;
      try {
        const found = part(await apiOf(home).call('conversations.info', { channel }), 'channel');
        return (
          found['is_ext_shared'] === true ||
          found['is_pending_ext_shared'] === true ||
          found['is_shared'] === true ||
          (Array.isArray(found['pending_shared']) && found['pending_shared'].length > 0)
        );
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        if (error.passing) throw error;
        // A channel that cannot be looked into is not posted to.
        return true;
      }
    },
  };
}
