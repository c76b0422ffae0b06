// `/triage TEXT`: the card of a text, to who typed it alone. It comes with the acknowledgement, so nothing can be lost after it.
import { randomBytes } from 'node:crypto';
import { type Beside, readBeside } from './beside';
import type { Json } from './blocks';
import { hear } from './hear';
import type { WireDeed } from './incoming';
import { type Kit, redactText, wordsFor } from './kit';
import { sentence } from './notes';
import { cardOf } from './show';
import { newBeside } from './take';
import { plainText } from './text';
import { say } from './words';

/** The language of who asks is worth waiting so long. */
const LOOK_UP_MS = 800;

const ephemeral = (shown: object): Json => ({ response_type: 'ephemeral', ...shown });

/** Errors: the store's, those of turns. @unredacted */
export async function answerCommand(kit: Kit, deed: WireDeed & { readonly text: string }): Promise<Json> {
  const { cases } = kit.service;
  const { team, channel, user, trigger, text } = deed;
  const person = await Promise.race([
    kit.people.person(user, team, deed.userTeam),
    new Promise<{ locale: string; outside: boolean }>((resolve) => {
      setTimeout(() => resolve({ locale: '', outside: false }), LOOK_UP_MS).unref();
    }),
  ]);
  const words = wordsFor(kit, person.locale);
  if (person.outside) return ephemeral(sentence(say(words.slack, 'staffOnly')));
  const raw = plainText(text);
  if (raw === '') return ephemeral(sentence(say(words.slack, 'usage')));
  const key = trigger === '' ? randomBytes(16).toString('hex') : trigger;
  const bearer = cases.bearerOf(kit.secret, ['slack', team, 'command', key]);
  await cases.change(bearer, {
    open: { channel: 'slack' },
    change: (kept) =>
      kept === undefined
        ? {
            beside: {
              ...newBeside({ team, channel, mode: 'private', by: user }),
              language: words.language,
            } satisfies Beside,
          }
        : undefined,
  });
  const opened = await cases.load(bearer);
  if (opened === undefined) return ephemeral(sentence(say(words.slack, 'busy')));
  await hear(kit, {
    bearer,
    seen: opened,
    key: 'slack:command',
    unasked: true,
    redaction: (memory) => redactText(kit, raw, memory),
    beside(kept) {
      const kinds = redactText(kit, raw).redactions.map(({ kind }) => kind);
      const beside = readBeside(kept);
      return kinds.length === 0 ? beside : beside && { ...beside, secrets: [{ ts: '', kinds }] };
    },
  });
  const seen = await cases.load(bearer);
  if (seen === undefined) return ephemeral(sentence(say(words.slack, 'gone')));
  return ephemeral(cardOf(kit, bearer.id, seen, words, 'onlyYou'));
}
