// A core of a few rules, so that tests of the service see only the service: what comes in is what shows.
import type { Reply, Talk, TalkView } from '../../src/service/talk';

interface Kept {
  readonly turns: number;
  readonly status: TalkView['status'];
  readonly cause: string | null;
  readonly fields: Readonly<Record<string, string | null>>;
  readonly seen: readonly string[];
  readonly said: string;
}

/**
 * Each message gets `N: text`. A message with "egress" is offered the egress check, one with "verdict" gives a cause, one with
 * "works" resolves, one with "human" hands over. `draft`: the body of its ticket, the last message where left out. A field's value "bad" is refused. Addresses of the egress check go into the field `outboundIp`.
 */
export function fakeTalk({ draft }: { readonly draft?: string } = {}): Talk {
  const step = (
    kept: Kept,
    change: Partial<Kept>,
    replies: readonly Reply[],
  ): { conversation: Kept; replies: readonly Reply[] } => ({
    conversation: { ...kept, turns: kept.turns + 1, ...change },
    replies,
  });
  return {
    languages: ['en', 'zh'],
    fieldKeys: ['account', 'outboundIp'],
    initial: () => ({ turns: 0, status: 'open', cause: null, fields: {}, seen: [], said: '' }) satisfies Kept,
    reduce(conversation, event) {
      const kept = conversation as Kept;
      switch (event.type) {
        case 'open':
          return step(kept, {}, [{ kind: 'text', text: 'hello' }]);
        case 'message': {
          const { text } = event.redaction;
          const replies: Reply[] = [{ kind: 'text', text: `${kept.turns}: ${text}` }];
          if (text.includes('egress')) replies.push({ kind: 'text', text: `curl ${event.egressUrl}` });
          const change: Partial<Kept> = {
            ...(text.includes('verdict') ? { cause: 'some-cause' } : {}),
            ...(text.includes('works') ? { status: 'resolved' } : {}),
            ...(text.includes('human') ? { status: 'handed-over' } : {}),
            said: text,
          };
          return step(kept, change, replies);
        }
        case 'fields': {
          const refused = Object.keys(event.fields).filter((key) => event.fields[key] === ('bad' as never));
          return {
            ...step(kept, { fields: { ...kept.fields, ...event.fields } }, []),
            refused: refused.map((field) => ({ field, reason: 'is not a good value' })),
          };
        }
        case 'egress':
          return step(
            kept,
            { fields: { ...kept.fields, outboundIp: event.address }, seen: [...kept.seen, event.address] },
            [{ kind: 'text', text: 'seen' }],
          );
        case 'ticket':
          return step(kept, { status: 'submitted' }, [{ kind: 'done', text: 'done' }]);
        case 'delivered':
          return step(kept, kept.status === 'review' ? { status: 'submitted' } : {}, [
            { kind: 'done', text: `reference ${event.reference}` },
          ]);
        case 'undelivered':
          return step(kept, { status: kept.status === 'submitted' ? 'review' : kept.status }, [
            { kind: 'warning', text: event.withheld ? 'withheld' : 'undelivered' },
          ]);
      }
    },
    view: (conversation) => viewOf(conversation as Kept),
    whole: (conversation) => ({
      ...viewOf(conversation as Kept),
      checklist: [],
      language: 'en',
      draft: { subject: 'It fails', body: draft ?? (conversation as Kept).said, format: 'markdown' },
    }),
    refusals: () => [],
    case: () => {
      throw new Error('the fake talk shows no cases');
    },
    state: (conversation) => ({ status: (conversation as Kept).status, language: 'en' }),
  };
}

function viewOf({ status, cause, fields }: Kept): TalkView {
  return { status, cause, fields, missing: ['account'].filter((key) => !(key in fields)), unknown: [], question: null };
}
