// Words that stand where a message would and are none: parts of requests, errors of clients, states of an application.

import type { Context } from './context';

/** Words that look like a message and are none. */
export function isNoMessage(ctx: Context, folded: string): boolean {
  if (ctx.lexicon.cue('message', 'not-message').test(folded)) return true;
  if (!ctx.lexicon.cue('message', 'named-in-passing').test(folded)) return false;
  return folded.split(/\s+/).length < 4 || !ctx.lexicon.cue('message', 'like-message').test(folded);
}
