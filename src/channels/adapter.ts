// Our own Botkit adapter: makes the activity of a turn from redacted text, and takes back what the handler answers.
// Loaded late, with Botkit: nothing else may import it but by `import()`.
import { ActivityTypes, type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder-core';
import type { Redacted } from '../redact/redacted';
import type { TurnResult } from '../service/turn';

/** One message on its way through Botkit. */
export interface Incoming {
  /** Of this turn; letters and digits. */
  readonly turn: string;
  /** Stands for the conversation, is not its id; letters and digits, since Botkit joins such names with dashes. */
  readonly address: string;
  readonly channel: string;
  readonly text: Redacted;
  /** What the service makes of it. Holds what Botkit may not see. */
  readonly work: () => Promise<TurnResult>;
}

type Handle = (context: TurnContext) => Promise<unknown>;

interface Waiting {
  readonly work: Incoming['work'];
  readonly answer: (result: TurnResult) => void;
}

export class ChannelAdapter extends BotAdapter {
  private readonly waiting = new Map<string, Waiting>();

  /** Runs a turn through `handle`; resolves to what was sent as the reply. Errors: those of `work`, by the handler's `fail`. */
  receive(incoming: Incoming, handle: Handle, onAnswer: Waiting['answer']): Promise<void> {
    const { turn, address, channel, text, work } = incoming;
    this.waiting.set(turn, { work, answer: onAnswer });
    const activity: Partial<Activity> = {
      type: ActivityTypes.Message,
      id: turn,
      channelId: channel,
      conversation: { id: address, name: '', isGroup: false, conversationType: 'personal' },
      from: { id: 'person', name: '' },
      recipient: { id: 'assistant', name: '' },
      text,
    };
    const context = new TurnContext(this, activity);
    return this.runMiddleware(context, (proxy) => handle(proxy).then(() => undefined)).finally(() =>
      this.waiting.delete(turn),
    );
  }

  /** What is to be done for a turn; undefined where it has ended. */
  workOf(turn: string | undefined): Incoming['work'] | undefined {
    return turn === undefined ? undefined : this.waiting.get(turn)?.work;
  }

  /** A reply carries the number of its turn and, as text, the answer byte for byte. */
  override sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const { text, channelData } of activities) {
      const { seq } = (channelData ?? {}) as { readonly seq?: unknown };
      if (typeof seq === 'number' && typeof text === 'string')
        this.waiting.get(context.activity.id ?? '')?.answer({ seq, body: text });
    }
    return Promise.resolve(activities.map(() => ({ id: context.activity.id ?? '' })));
  }

  /** A conversation's log only grows. */
  override updateActivity(): Promise<void> {
    return Promise.resolve();
  }

  override deleteActivity(): Promise<void> {
    return Promise.resolve();
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('turns begin with a message'));
  }
}
