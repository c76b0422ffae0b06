// Where the page remembers its conversation: in the browser's storage, or only in the page where there is none.
import type { Session } from './api';

const NAME = 'preticket';
let held: Session | undefined;

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export function recallSession(): Session | undefined {
  if (held) return held;
  try {
    const { id, token } = JSON.parse(storage()?.getItem(NAME) ?? '{}') as Partial<Session>;
    held = typeof id === 'string' && typeof token === 'string' ? { id, token } : undefined;
  } catch {
    held = undefined;
  }
  return held;
}

/** Undefined forgets it. Only the conversation's id and token are kept, never a word of it. */
export function keepSession(session: Session | undefined): void {
  held = session && { id: session.id, token: session.token };
  try {
    if (held) storage()?.setItem(NAME, JSON.stringify(held));
    else storage()?.removeItem(NAME);
  } catch {
    // Full or forbidden: the conversation lasts as long as the page.
    return;
  }
}
