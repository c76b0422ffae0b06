// Tickets as mail, with one Message-ID in every try: that is what helpdesks and mailboxes know a repeat by. The only importer of nodemailer.
import { createTransport, type Transporter } from 'nodemailer';
import { bodyWithMark, type DeliveryReason, DeliveryFault, type Helpdesk, subjectLine } from './helpdesk';
import { decoded, isTlsFault } from './request';

export interface SmtpSettings {
  /** `smtp://` (STARTTLS where offered; needed where there is a login and another machine) or `smtps://`, with login and port. */
  readonly url: string;
  readonly to: string;
  readonly from: string;
  /** For tests; how long connecting and each silence may take. */
  readonly waitMs?: number;
  /** For tests: certificates that are trusted beside the system's. */
  readonly ca?: string;
}

/** What the mail server gets to connect, to greet, and in each silence. */
const WAIT_MS = 10_000;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export function createSmtp({ url, to, from, waitMs = WAIT_MS, ca }: SmtpSettings): Helpdesk {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const hasLogin = username !== '';
  const domain = /@([^\s@<>]+?)>?\s*$/.exec(from)?.[1] ?? 'preticket.invalid';
  const connect = (): Transporter =>
    createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      requireTLS: hasLogin && !secure && !LOOPBACK.test(hostname),
      ...(hasLogin ? { auth: { user: decoded(username), pass: decoded(password) } } : {}),
      ...(ca === undefined ? {} : { tls: { ca } }),
      connectionTimeout: waitMs,
      greetingTimeout: waitMs,
      socketTimeout: waitMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: false,
    });
  return {
    kind: 'smtp',
    async deliver(ticket, { signal }) {
      const transport = connect();
      let stop = (): void => transport.close();
      const stopped = new Promise<never>((_resolve, reject) => {
        stop = () => {
          transport.close();
          reject(new DeliveryFault('timed-out', { retryable: true }));
        };
      });
      signal.addEventListener('abort', stop);
      try {
        await Promise.race([
          stopped,
          transport.sendMail({
            from,
            to,
            subject: subjectLine(ticket),
            text: bodyWithMark(ticket),
            date: new Date(ticket.createdAt),
            messageId: `<${ticket.id}@${domain}>`,
            headers: { 'X-Preticket-Ticket': ticket.id, 'Auto-Submitted': 'auto-generated' },
          }),
        ]);
        return {};
      } catch (error) {
        throw error instanceof DeliveryFault ? error : faultOf(error);
      } finally {
        signal.removeEventListener('abort', stop);
        transport.close();
      }
    },
  };
}

/** Replies of 5xx are final (RFC 5321 §4.2.1), those of 4xx are not. What the server said is not repeated. */
function faultOf(error: unknown): DeliveryFault {
  const { code, originalCode, responseCode } = error as Partial<
    Record<'code' | 'originalCode' | 'responseCode', unknown>
  >;
  const status = typeof responseCode === 'number' ? { status: responseCode } : {};
  if (isTlsFault(code) || isTlsFault(originalCode)) return new DeliveryFault('tls', { retryable: true });
  const isFinal = typeof responseCode === 'number' && responseCode >= 500;
  const byCode: Readonly<Record<string, DeliveryReason>> = {
    EAUTH: 'unauthorised',
    ENOAUTH: 'unauthorised',
    ETIMEDOUT: 'timed-out',
    EENVELOPE: 'refused',
    EMESSAGE: 'refused',
    EPROTOCOL: 'answer-malformed',
  };
  const reason = byCode[String(code)] ?? (isFinal ? 'refused' : 'unreachable');
  if (reason === 'refused' && !isFinal && typeof responseCode === 'number')
    return new DeliveryFault('server-error', { retryable: true, ...status });
  return new DeliveryFault(reason, { retryable: !isFinal && reason !== 'refused', ...status });
}
