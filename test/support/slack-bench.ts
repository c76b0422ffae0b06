// One workspace and one server for each test, closed after it.
import { fakeSlack, type FakeMessage, type FakeSlack, BOT } from './fake-slack';
import { type SlackApp, slackApp, type SlackAppOptions } from './slack-app';

export interface Bench {
  readonly fake: FakeSlack;
  readonly app: SlackApp;
  /** What the assistant posted into a channel, as it stands now. */
  readonly posted: (channel?: string) => FakeMessage[];
  /** Resolves once a talk that began after all else was answered: whatever was to be said is said then, or never. */
  readonly settled: () => Promise<void>;
}

const open: (() => Promise<void>)[] = [];
let sentinels = 0;

export async function bench(options: SlackAppOptions = {}): Promise<Bench> {
  const fake = await fakeSlack();
  const app = await slackApp(fake, options);
  open.push(async () => {
    await app.close();
    await fake.close();
  });
  const posted = (channel = 'C0CASES'): FakeMessage[] => fake.messages(channel).filter(({ user }) => user === BOT);
  return {
    fake,
    app,
    posted,
    async settled() {
      const channel = `D0SENTINEL${++sentinels}`;
      await app.event(fake.say(channel, 'U0SENTINEL', 'IP not allowed'), { channel_type: 'im' });
      await fake.until(() => posted(channel).length > 0);
    },
  };
}

export async function closeBenches(): Promise<void> {
  for (const close of open.splice(0)) await close();
}
