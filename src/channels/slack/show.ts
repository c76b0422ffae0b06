// Shows a case: one card in its thread, updated in place; to one person alone where customers could see it.
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { type Beside, readBeside, without } from './beside';
import { cut } from './blocks';
import { cardBlockId, renderCard, type Shown } from './card';
import { type Kit, wordsFor } from './kit';
import { linkTo, post, type Posted, findPosted, update, whisper } from './post';
import { say, type Words } from './words';

const MOST_ABOUT = 80;

export interface Showing {
  readonly bearer: Bearer;
  readonly seen: SeenCase;
  readonly beside: Beside;
  /** Who is answered. */
  readonly by: string;
  /** Beside the verdict, redacted. */
  readonly said?: readonly string[];
  /** Customers could see what stands in the channel. */
  readonly shared: boolean;
  /** Nobody asked: in a shared channel nothing is shown then. */
  readonly quiet: boolean;
}

/** The card of a conversation as it is. `note`: name of the sentence on who sees it. */
export function cardOf(
  kit: Kit,
  id: string,
  { record, ticket }: SeenCase,
  words: Words,
  note: string,
  said?: readonly string[],
): Shown {
  const beside = readBeside(record.beside);
  return renderCard({
    id,
    view: kit.service.cases.view(record, words.language),
    words,
    ticket,
    secrets: beside?.secrets ?? [],
    withFixes: beside?.mode !== 'case',
    ...(said === undefined ? {} : { said }),
    ...(beside?.label === undefined ? {} : { label: beside.label.cause }),
    note: say(words.slack, note),
  });
}

/** Errors: SlackRefusal, the store's. */
export async function showCase(kit: Kit, { bearer, seen, beside, by, said, shared, quiet }: Showing): Promise<void> {
  const { cases } = kit.service;
  const words = wordsFor(kit, beside.language);
  const card = (note: string): Shown => cardOf(kit, bearer.id, seen, words, note, said);
  if (shared) {
    if (!quiet) await whisper(kit, beside, by, card('sharedNote'), () => card('elsewhereNote'));
    return list(kit, bearer, seen, undefined);
  }
  const mark = { key: `card:${bearer.id}`, blockId: cardBlockId(bearer.id) };
  const keep = (posted: Posted): Promise<unknown> =>
    cases.change(bearer, {
      change(kept) {
        const now = readBeside(kept);
        if (now === undefined) return undefined;
        return { beside: { ...without(now, 'posting'), card: posted } satisfies Beside };
      },
    });
  const before = beside.card ?? (beside.posting ? await findPosted(kit, beside, mark) : undefined);
  let posted: Posted | undefined;
  if (before !== undefined) {
    const note = before.channel === beside.channel ? 'cardNote' : 'elsewhereNote';
    if (await update(kit, beside, before, card(note))) posted = before;
  }
  if (posted === undefined) {
    await cases.change(bearer, {
      change(kept) {
        const now = readBeside(kept);
        return now === undefined ? undefined : { beside: { ...now, posting: true } satisfies Beside };
      },
    });
    posted = await post(kit, beside, by, mark, card('cardNote'), () => card('elsewhereNote'));
  }
  if (posted !== beside.card) await keep(posted);
  const link = beside.card === undefined ? await linkTo(kit, beside.team, posted.channel, posted.ts) : undefined;
  await list(kit, bearer, seen, link);
}

/** Keeps the workspace's list in step. */
async function list(kit: Kit, bearer: Bearer, seen: SeenCase, link: string | undefined): Promise<void> {
  const beside = readBeside(seen.beside);
  if (beside === undefined) return;
  const { status, cause, fields, missing } = kit.service.cases.view(seen.record, kit.book.defaultLanguage);
  const valueOf = (key: string): string => fields.find((field) => field.key === key)?.value ?? '';
  await kit.directory.list(beside.team, {
    id: bearer.id,
    by: beside.by,
    atMs: kit.now(),
    cause: cause?.id ?? null,
    status,
    ticket: seen.ticket !== null,
    about: cut([valueOf('account'), valueOf('domain')].filter((value) => value !== '').join(', '), MOST_ABOUT),
    missing: missing.length,
    ...(link === undefined ? {} : { link }),
  });
}
