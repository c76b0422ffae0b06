// `preticket helpdesk check`: sends one marked test ticket to the helpdesk of the environment and says what happened.
import { randomBytes } from 'node:crypto';
import { type Environment, readConfig } from '../config';
import { PreticketError } from '../errors';
import { DeliveryFault, type DeliveryReason, type HelpdeskTicket } from '../helpdesks/helpdesk';
import { createHelpdesk } from '../helpdesks/registry';

const MOST_MS = 60_000;

/** What whoever set the helpdesk up can do about each reason. */
const ADVICE: Readonly<Record<DeliveryReason, string>> = {
  unreachable: 'nothing answers there. Check HELPDESK_URL and whether this machine may reach it.',
  'timed-out': 'it did not answer in time. Check HELPDESK_URL, or try again.',
  tls: 'its certificate is not trusted, or TLS failed. NODE_EXTRA_CA_CERTS names certificates of your own.',
  'rate-limited': 'it takes no more requests for now. Try again later.',
  'server-error': 'it has a fault of its own. Try again later.',
  'answer-malformed': 'its answer makes no sense; is that the right HELPDESK_URL?',
  unauthorised: 'it refuses the credentials, or this machine’s address.',
  'address-wrong': 'there is no such address. Check HELPDESK_URL.',
  redirected: 'it redirects elsewhere. Set HELPDESK_URL to where it leads in the end.',
  'too-large': 'the ticket is too large for it.',
  refused: 'it refuses the ticket. Check the group, department, sender and recipient.',
  redaction: 'the second redaction held it back.',
  unexpected: 'something nobody expected went wrong.',
};

/** Errors: CONFIG_INVALID, CHECK_FAILED with the reason and what to do. Neither shows a secret. */
export async function helpdeskCheckCommand(
  environment: Environment = process.env,
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<void> {
  const { helpdesk: config } = readConfig(environment);
  const helpdesk = createHelpdesk(config);
  if (helpdesk === undefined) {
    say(
      'HELPDESK is none: tickets are kept in the store, and people get the draft to copy. There is nothing to check.',
    );
    return;
  }
  const place = `${config.kind} at ${hostOf(config.settings['HELPDESK_URL'] ?? '')}`;
  const ticket = testTicket();
  const begunMs = Date.now();
  try {
    const { reference } = await helpdesk.deliver(ticket, { number: 1, signal: AbortSignal.timeout(MOST_MS) });
    say(`${place}: the test ticket ${ticket.id} was taken after ${Date.now() - begunMs} ms.`);
    say(reference === undefined ? 'It gave no reference.' : `Its reference: ${reference}`);
    say('Look whether it arrived, then delete it.');
  } catch (error) {
    const { reason, message } = error instanceof DeliveryFault ? error : { reason: 'unexpected' as const, message: '' };
    const status = /\((\d+)\)$/.exec(message)?.[0] ?? '';
    throw new PreticketError('CHECK_FAILED', `${place}: ${reason}${status && ` ${status}`}: ${ADVICE[reason]}`);
  }
}

/** Host and port; never the login or the path, which may be secret. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'HELPDESK_URL');

function testTicket(): HelpdeskTicket {
  const id = `tk_check_${randomBytes(10).toString('hex')}`;
  return {
    id,
    createdAt: new Date().toISOString(),
    subject: 'preticket: test ticket, please delete',
    body: 'This is a test of `preticket helpdesk check`. Nobody asked for help.\n',
    language: 'en',
    cause: null,
    fields: {},
  };
}
