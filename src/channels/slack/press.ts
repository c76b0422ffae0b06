// Buttons, menus and modals: answers that only who pressed sees. What is recorded is durable before it is acknowledged.
import { PreticketError } from '../../errors';
import type { Bearer } from '../../service/admit';
import type { SeenCase } from '../../service/cases';
import { type Answer, SlackRefusal } from './api';
import { type Beside, type Job, readBeside, without } from './beside';
import type { Json } from './blocks';
import { NONE_OF_THEM, type Shown } from './card';
import type { WireDeed, WirePress, WireView } from './incoming';
import { byId, type Kit, TICKET_WORK, wordsFor, workNow } from './kit';
import { changesOf, refuse, renderDraft, renderSaying, renderTicket } from './modal';
import { renderFixes, renderLabel, renderOthers, renderQuestion, sentence } from './notes';
import type { Respond } from './respond';
import { say, type Words } from './words';

const CASE_ID = /^[0-9a-z]{26}$/;
/** Until a submitted modal must have led to a ticket. */
const SUBMIT_MS = 3000;

export interface Presses {
  readonly openDraft: (press: WirePress) => Promise<void>;
  readonly askCustomer: (press: WirePress) => Promise<void>;
  readonly otherCauses: (press: WirePress) => Promise<void>;
  readonly showFixes: (press: WirePress) => Promise<void>;
  /** Records before it resolves; the function that it resolves to tells who pressed. */
  readonly confirmCause: (press: WirePress) => Promise<() => Promise<void>>;
  readonly undoCause: (press: WirePress) => Promise<() => Promise<void>>;
  /** What the modal is answered; undefined: it closes. @unredacted */
  readonly submitDraft: (view: WireView) => Promise<Json | undefined>;
}

interface Case {
  readonly bearer: Bearer;
  readonly seen: SeenCase;
  readonly beside: Beside;
}

export function createPresses(kit: Kit, respond: Respond): Presses {
  const { cases } = kit.service;

  const find = async (id: string, team: string): Promise<Case | undefined> => {
    if (!CASE_ID.test(id)) return undefined;
    const bearer = byId(kit, id);
    const seen = await cases.load(bearer);
    const beside = readBeside(seen?.beside);
    return seen === undefined || beside?.team !== team ? undefined : { bearer, seen, beside };
  };

  /** To who pressed alone, wherever that is. */
  const whisper = async (press: WirePress, shown: Shown): Promise<void> => {
    const { team, channel, user, thread, responseUrl } = press;
    try {
      await kit.apiOf(team).call('chat.postEphemeral', {
        channel,
        user,
        ...(thread === '' ? {} : { thread_ts: thread }),
        ...shown,
      });
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      await respond(responseUrl, { response_type: 'ephemeral', replace_original: false, ...shown });
    }
  };

  /** Runs `act` for staff with a case that is still kept; says so where one or the other is not. */
  const within = async (
    press: WireDeed & { readonly value: string },
    act: (found: Case, words: Words) => Promise<void>,
    refused: (text: string, words: Words) => Promise<void>,
  ): Promise<void> => {
    const [person, found] = await Promise.all([
      kit.people.person(press.user, press.team, press.userTeam),
      find(press.value, press.team),
    ]);
    const words = wordsFor(kit, person.locale);
    if (person.outside) return refused(say(words.slack, 'staffOnly'), words);
    if (found === undefined) return refused(say(words.slack, 'gone'), words);
    return act(found, words);
  };
  const toWhoPressed =
    (press: WirePress) =>
    (text: string): Promise<void> =>
      whisper(press, sentence(text));

  const openView = async ({ team, trigger }: WireDeed, view: Json): Promise<Answer> =>
    kit.apiOf(team).call('views.open', { trigger_id: trigger, view });

  const relabel = async (
    press: WirePress,
    id: string,
    label: { readonly cause: string | null } | undefined,
    tell: (words: Words) => Shown,
  ): Promise<() => Promise<void>> => {
    let after: () => Promise<void> = () => Promise.resolve();
    await within(
      { ...press, value: id },
      async ({ bearer }, words) => {
        await cases.change(bearer, {
          change(kept) {
            const beside = readBeside(kept);
            if (beside === undefined) return undefined;
            const rest = without(beside, 'label');
            const job: Job = { type: 'card', key: `card:${kit.now()}:${press.trigger}`, by: press.user };
            return {
              beside: {
                ...rest,
                jobs: [...rest.jobs, job],
                ...(label === undefined ? {} : { label: { ...label, by: press.user, atMs: kit.now() } }),
              } satisfies Beside,
              put: [workNow(kit)],
            };
          },
        });
        after = () => whisper(press, tell(words));
      },
      (text) => {
        after = () => whisper(press, sentence(text));
        return Promise.resolve();
      },
    );
    return after;
  };

  return {
    openDraft: (press) =>
      within(
        press,
        async ({ bearer, seen }, words) => {
          const view = cases.view(seen.record, words.language);
          const { ticket } = seen;
          const modal =
            ticket === null || ticket.status === 'failed'
              ? renderDraft(bearer.id, view, words)
              : renderTicket(bearer.id, view, ticket, words);
          await openView(press, modal);
        },
        async (text, words) => void (await openView(press, renderSaying(text, words))),
      ),

    askCustomer: (press) =>
      within(
        press,
        async ({ bearer, seen }, words) => {
          const view = cases.view(seen.record, words.language);
          await cases.change(bearer, {
            change(kept) {
              const beside = readBeside(kept);
              return beside === undefined || view.question === null
                ? undefined
                : { beside: { ...beside, asked: true } satisfies Beside };
            },
          });
          await whisper(press, renderQuestion(view, words));
        },
        toWhoPressed(press),
      ),

    otherCauses: (press) =>
      within(
        press,
        ({ seen }, words) => whisper(press, renderOthers(cases.view(seen.record, words.language), words)),
        toWhoPressed(press),
      ),

    showFixes: (press) =>
      within(
        press,
        ({ seen }, words) => whisper(press, renderFixes(cases.view(seen.record, words.language), words)),
        toWhoPressed(press),
      ),

    confirmCause(press) {
      const id = press.blockId.replace(/^case-/, '');
      const cause = press.value === NONE_OF_THEM ? null : press.value;
      const known = kit.book.of(kit.book.defaultLanguage).causes.some((candidate) => candidate.id === cause);
      if (cause !== null && !known) return Promise.resolve(() => Promise.resolve());
      return relabel(press, id, { cause }, (words) => renderLabel(id, cause, words));
    },

    undoCause: (press) => relabel(press, press.value, undefined, (words) => sentence(say(words.slack, 'labelGone'))),

    async submitDraft(submitted) {
      const id = submitted.metadata;
      let answer: Json | undefined;
      const update = (view: Json): Json => ({ response_action: 'update', view });
      await within(
        { ...submitted, value: id },
        async ({ bearer, seen }, words) => {
          const view = cases.view(seen.record, words.language);
          if (seen.ticket !== null && seen.ticket.status !== 'failed') {
            answer = update(renderTicket(id, view, seen.ticket, words));
            return;
          }
          const changes = changesOf(view, submitted.values, words);
          const refusals = cases.refusals(seen.record, changes, words.language);
          if (Object.keys(refusals).length > 0) {
            answer = refuse(refusals);
            return;
          }
          if (Object.keys(changes).length > 0) await kit.service.editFields(bearer, changes);
          // Once for each try: a ticket that failed may be sent again.
          await submit(bearer, submitted.user, `slack-ticket-${seen.ticket?.attempts ?? 0}`);
          answer = undefined;
        },
        (text, words) => {
          answer = update(renderSaying(text, words));
          return Promise.resolve();
        },
      );
      return answer;
    },
  };

  /** Asks for the ticket once, and sees to it that the thread hears of it, whatever dies in between. */
  async function submit(bearer: Bearer, user: string, key: string): Promise<void> {
    const look = { name: TICKET_WORK, kind: TICKET_WORK };
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        return beside && { beside: { ...beside, looks: 0 }, put: [{ ...look, dueAtMs: kit.now() + SUBMIT_MS }] };
      },
    });
    try {
      await kit.service.requestTicket(bearer, key);
    } catch (error) {
      // Somebody else was quicker; the thread says so.
      if (!(error instanceof PreticketError) || error.code !== 'CONVERSATION_DONE') throw error;
    }
    await cases.change(bearer, {
      change(kept) {
        const beside = readBeside(kept);
        if (beside === undefined) return undefined;
        const job: Job = { type: 'ticket', key: 'ticket:submitted', by: user };
        const waits = beside.jobs.some(({ type }) => type === 'ticket');
        return { beside: { ...beside, jobs: waits ? beside.jobs : [...beside.jobs, job] }, put: [workNow(kit)] };
      },
    });
  }
}
