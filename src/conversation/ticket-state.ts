// What is said of a ticket that was asked for: on its way, with support, or kept for the person to copy.
import { say, sentence, type Turn } from './working';

/** How the ticket stands, with its reference where support gave one. */
export function sayTicketState(turn: Turn): void {
  const { ticket } = turn.now;
  if (ticket !== undefined && ticket !== null) say(turn, 'text', sentence(turn, 'delivered', { reference: ticket }));
  else say(turn, 'text', sentence(turn, turn.delivers ? 'alreadySent' : 'keptAlready'));
}
