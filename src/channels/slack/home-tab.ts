// Publishes App Home to who opened it.
import type { WireEvent } from './incoming';
import { renderHome } from './home';
import { type Kit, wordsFor } from './kit';

/** Errors: SlackRefusal, the store's. */
export async function publishHome(kit: Kit, { team, user }: WireEvent): Promise<void> {
  if (user === '') return;
  const { locale, outside } = await kit.people.person(user, team);
  const home = outside ? undefined : await kit.directory.home(team, user, kit.now());
  await kit.apiOf(team).call('views.publish', { user_id: user, view: renderHome(home, wordsFor(kit, locale)) });
}
