// The ticket of a conversation. With no helpdesk it is kept here, and kept is delivered.
import type { Ticket } from './record';
import { newTicketId } from './secrets';

export function newTicket(): Ticket {
  return { id: newTicketId(), status: 'delivered', attempts: 1 };
}
