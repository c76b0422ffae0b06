// Mail as a helpdesk, against a real SMTP server on a real socket.
import { inspect } from 'node:util';
import net, { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DeliveryFault, type HelpdeskTicket } from '../../src/helpdesks/helpdesk';
import { createSmtp } from '../../src/helpdesks/smtp';
import { TICKET } from '../support/helpdesk-contract';

const PASSWORD = ['mail', 'pass', 'word'].join('/');
const signal = new AbortController().signal;

interface Mail {
  readonly text: string;
  readonly to: readonly string[];
}

let server: SMTPServer;
let mails: Mail[];
/** Called with the reply's callback once a mail is there; accepts where left out. */
let onMail: ((accept: (error?: Error) => void, cut: () => void) => void) | undefined;
let port = 0;

async function listen(options: SMTPServerOptions = {}): Promise<void> {
  const sockets = new Set<net.Socket>();
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    closeTimeout: 50,
    onAuth: ({ username, password }, _session, done) =>
      username === 'desk@example.com' && password === PASSWORD
        ? done(null, { user: username })
        : done(Object.assign(new Error('Sample-Words-Of-The-Server'), { responseCode: 535 })),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ text: Buffer.concat(chunks).toString(), to });
        if (onMail) onMail(done, () => sockets.forEach((socket) => socket.destroy()));
        else done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: net.Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
}

beforeEach(() => {
  mails = [];
  onMail = undefined;
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

const deliver = (url = `smtp://127.0.0.1:${port}`, ticket: HelpdeskTicket = TICKET, waitMs = 5000): Promise<unknown> =>
  createSmtp({ url, to: 'support@example.com', from: 'Desk <desk@example.com>', waitMs }).deliver(ticket, {
    number: 1,
    signal,
  });
const faultOf = (promise: Promise<unknown>): Promise<DeliveryFault> =>
  promise.then(
    () => Promise.reject(new Error('it was delivered')),
    (error: unknown) => (error instanceof DeliveryFault ? error : Promise.reject(error as Error)),
  );
const headerOf = (mail: Mail | undefined, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi').exec(mail?.text ?? '')?.[1] ?? '';
/** Replies with a status of its own. */
const say = (responseCode: number): Error => Object.assign(new Error('Sample-Words-Of-The-Server'), { responseCode });

test('a mail arrives whole, with one Message-ID in every try', async () => {
  await listen();
  await deliver();
  await deliver();
  expect(mails).toHaveLength(2);
  const ids = mails.map((mail) => headerOf(mail, 'Message-ID'));
  expect(ids).toEqual(Array(2).fill(`<${TICKET.id}@example.com>`));
  expect(headerOf(mails[0], 'Date')).toBe('Mon, 05 Jan 2026 08:00:00 +0000');
  expect(headerOf(mails[0], 'To')).toBe('support@example.com');
  expect(headerOf(mails[0], 'X-Preticket-Ticket')).toBe(TICKET.id);
  expect(headerOf(mails[0], 'Auto-Submitted')).toBe('auto-generated');
  expect(headerOf(mails[0], 'Content-Type')).toMatch(/^text\/plain; charset=utf-8/i);
  const [head = '', ...parts] = (mails[0]?.text ?? '').split('\r\n\r\n');
  const body = parts.join('\r\n\r\n');
  const coded = /quoted-printable/i.test(head)
    ? Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      )
    : Buffer.from(body, 'base64');
  expect(/quoted-printable|base64/i.test(head)).toBe(true);
  expect(coded.toString()).toContain('It says `IP not allowed` — «адрес», 地址.');
});

test('a subject begins no header and adds nobody', async () => {
  await listen();
  await deliver(undefined, { ...TICKET, subject: 'It fails\r\nBcc: everyone@example.com\r\n\r\nbody', id: 'tk_x' });
  expect(headerOf(mails[0], 'Bcc')).toBe('');
  expect(headerOf(mails[0], 'Subject').replace(/\r\n /g, ' ')).toBe('It fails Bcc: everyone@example.com body');
  expect(mails[0]?.to).toEqual(['support@example.com']);
});

test('the mail is taken and the answer is lost: it goes again under the same Message-ID', async () => {
  await listen();
  onMail = (_accept, cut) => cut();
  expect(await faultOf(deliver())).toMatchObject({ reason: 'unreachable', retryable: true });
  onMail = undefined;
  await deliver();
  expect(new Set(mails.map((mail) => headerOf(mail, 'Message-ID'))).size).toBe(1);
});

test.each([
  [451, 'server-error', true],
  [421, 'server-error', true],
  [550, 'refused', false],
  [552, 'refused', false],
])('the server says %d: %s, tried again: %s', async (status, reason, retryable) => {
  await listen();
  onMail = (accept) => accept(say(status));
  const fault = await faultOf(deliver());
  expect(fault).toMatchObject({ reason, retryable });
  expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('Sample-Words');
});

test('a recipient that is not there is refused for good, a full mailbox is tried again', async () => {
  await listen({ onRcptTo: (_address, _session, done) => done(say(550)) });
  expect(await faultOf(deliver())).toMatchObject({ reason: 'refused', retryable: false });
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await listen({ onRcptTo: (_address, _session, done) => done(say(452)) });
  expect(await faultOf(deliver())).toMatchObject({ reason: 'server-error', retryable: true });
});

test('a login is used; a wrong one is said and never shown', async () => {
  await listen({ authOptional: false });
  const url = (password: string): string =>
    `smtp://desk%40example.com:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  await deliver(url(PASSWORD));
  expect(mails).toHaveLength(1);
  const wrong = `${PASSWORD}x`;
  const fault = await faultOf(deliver(url(wrong)));
  expect(fault).toMatchObject({ reason: 'unauthorised', retryable: false });
  expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain(wrong);
});

test('a certificate that nobody vouches for is not trusted', async () => {
  await listen({ secure: true, disabledCommands: [] });
  expect(await faultOf(deliver(`smtps://127.0.0.1:${port}`))).toMatchObject({ reason: 'tls', retryable: true });
  expect(mails).toEqual([]);
});

test('a server that says nothing, and a stop, end the try', async () => {
  await listen();
  onMail = () => undefined;
  expect(await faultOf(deliver(undefined, TICKET, 200))).toMatchObject({ retryable: true });
  const stop = new AbortController();
  onMail = () => stop.abort();
  const desk = createSmtp({ url: `smtp://127.0.0.1:${port}`, to: 'a@example.com', from: 'b@example.com' });
  const fault = await faultOf(desk.deliver(TICKET, { number: 1, signal: stop.signal }));
  expect(fault).toMatchObject({ reason: 'timed-out', retryable: true });
});

test('nobody is there, and what is there is no mail server', async () => {
  await listen();
  const other = net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port: wrong } = other.address() as AddressInfo;
  expect(await faultOf(deliver(`smtp://127.0.0.1:${wrong}`))).toMatchObject({ retryable: true });
  await new Promise<void>((resolve) => other.close(() => resolve()));
  expect(await faultOf(deliver(`smtp://127.0.0.1:${wrong}`))).toMatchObject({ reason: 'unreachable', retryable: true });
});
