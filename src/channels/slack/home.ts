// App Home: the member's open cases and the figures of the week. Guests and people of other organisations see neither.
import { actions, type Block, button, context, header, type Json, LIMITS, listed, section } from './blocks';
import { bold, type Link, rich, type RichPart, run, type Run, titledList, code } from './rich';
import type { ListedCase, Week } from './directory';
import { say, type Words } from './words';

const MOST_OPEN = 30;
const MOST_CAUSES = 5;

export interface HomeInput {
  readonly open: readonly ListedCase[];
  readonly week: Week;
}

/** `input`: undefined for who may not see any of it. */
export function renderHome(input: HomeInput | undefined, words: Words): Json {
  const { slack } = words;
  const blocks: (Block | undefined)[] = [header(say(slack, 'homeTitle')), section(say(slack, 'homeIntro'))];
  if (input !== undefined) blocks.push(...openBlocks(input.open, words), ...weekBlocks(input.week, words));
  else blocks.push(context(say(slack, 'staffOnly')));
  return { type: 'home', blocks: listed(blocks, LIMITS.viewBlocks) };
}

function openBlocks(open: readonly ListedCase[], words: Words): (Block | undefined)[] {
  const { slack } = words;
  const lead = rich([{ kind: 'section', runs: [bold(say(slack, 'homeOpen'))] }]);
  if (open.length === 0) return [lead, context(say(slack, 'homeNone'))];
  return [
    lead,
    ...open.slice(0, MOST_OPEN).flatMap(({ id, cause, atMs, link, about = '', missing = 0 }) => {
      const title = words.causes.find((known) => known.id === cause)?.title ?? say(slack, 'undecided');
      const day = new Intl.DateTimeFormat(words.language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
        atMs,
      );
      const runs: (Run | Link)[] = [
        link === undefined ? run(title) : { url: link, text: title },
        ...(about === '' ? [] : [run('  '), code(about)]),
        {
          text: `  ${[day, ...(missing > 0 ? [say(slack, 'homeMissing', { count: String(missing) })] : [])].join(', ')}`,
          italic: true,
        },
      ];
      return [
        rich([{ kind: 'list', items: [runs] }]),
        actions(`home-${id}`, [button({ action: 'open_draft', text: say(slack, 'openDraft'), value: id })]),
      ];
    }),
    open.length > MOST_OPEN ? context(say(slack, 'more', { count: String(open.length - MOST_OPEN) })) : undefined,
  ];
}

function weekBlocks({ cases, tickets, resolved, causes }: Week, words: Words): (Block | undefined)[] {
  const { slack } = words;
  const count = (name: string, n: number): Run[] => [run(`${say(slack, name)}: `), bold(String(n))];
  const items = causes
    .slice(0, MOST_CAUSES)
    .map(([id, n]): Run[] => [bold(`${n} × `), run(words.causes.find((known) => known.id === id)?.title ?? id)]);
  const parts: RichPart[] = [
    ...titledList(say(slack, 'homeWeek'), [
      count('homeCases', cases),
      count('homeTickets', tickets),
      count('homeResolved', resolved),
    ]),
    ...titledList(say(slack, 'homeCauses'), items),
  ];
  return [{ type: 'divider' }, rich(parts)];
}
