// The modal `ticket_draft`: one input for each field of the ticket, what it will say below; and the ticket itself once there is one.
import type { Ticket } from '../../service/record';
import type { CaseView } from '../../service/talk';
import { type Block, context, cut, input, type Json, LIMITS, listed, plain, select, textInput } from './blocks';
import { bold, rich, run } from './rich';
import { ticketLineBlock } from './card';
import { say, type Words } from './words';

export const DRAFT_VIEW = 'ticket_draft';
const SHOWN_VIEW = 'ticket_shown';
/** Id of the element in each input block. */
const ELEMENT = 'value';
const MULTILINE_FROM = 90;

type View = Json;

function viewOf(callback: string, id: string, { slack }: Words, blocks: readonly (Block | undefined)[]): View {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: cut(id, LIMITS.metadata),
    title: plain(say(slack, 'modalTitle'), LIMITS.title),
    close: plain(say(slack, 'modalClose'), LIMITS.title),
    blocks: listed(blocks, LIMITS.viewBlocks),
  };
}

function preview(view: CaseView, { report }: Words): Block | undefined {
  const { subject, body } = view.draft;
  return rich([
    { kind: 'section', runs: [bold(`${report['draft'] ?? ''}\n`), run(subject)] },
    { kind: 'copy', text: body },
  ]);
}

/** Where there is no ticket yet. */
export function renderDraft(id: string, view: CaseView, words: Words): View {
  const values = new Map(view.fields.map(({ key, value }) => [key, value]));
  const inputs = words.fields.map(({ key, label, choices }) => {
    const value = values.get(key) ?? undefined;
    const options = Object.entries(choices ?? {}).map(([option, name]) => ({ value: option, label: name }));
    const element =
      options.length > 0
        ? select(ELEMENT, label, options, value ?? undefined)
        : textInput(ELEMENT, value ?? undefined, (value ?? '').length > MULTILINE_FROM);
    return input(key, label, element, words.slack[`hint-${key}`]);
  });
  return {
    ...viewOf(DRAFT_VIEW, id, words, [context(say(words.slack, 'modalHint')), ...inputs, preview(view, words)]),
    submit: plain(say(words.slack, 'modalSubmit'), LIMITS.title),
  };
}

/** The ticket that is there. */
export function renderTicket(id: string, view: CaseView, ticket: Ticket, words: Words): View {
  return viewOf(SHOWN_VIEW, id, words, [ticketLineBlock(ticket, words), preview(view, words)]);
}

/** A modal that only says something. */
export const renderSaying = (text: string, words: Words): View => viewOf(SHOWN_VIEW, '-', words, [context(text)]);

/** Fields whose value is another one now; an input that was emptied opens its field again. */
export function changesOf(
  view: CaseView,
  typed: Readonly<Record<string, string | null>>,
  words: Words,
): Record<string, string> {
  const known = new Map(view.fields.map(({ key, value }) => [key, value ?? '']));
  return Object.fromEntries(
    words.fields.flatMap(({ key }) => {
      if (!Object.hasOwn(typed, key)) return [];
      const value = typed[key]?.trim() ?? '';
      // What the modal showed cut was not edited where it comes back as it was shown.
      const before = known.get(key) ?? '';
      return value === before || value === cut(before, LIMITS.input).trim() ? [] : [[key, value] as const];
    }),
  );
}

/** As Slack takes it: errors stand at their inputs. */
export const refuse = (reasons: Readonly<Record<string, string>>): Json => ({
  response_action: 'errors',
  errors: Object.fromEntries(Object.entries(reasons).map(([key, reason]) => [key, cut(reason, LIMITS.text)])),
});
