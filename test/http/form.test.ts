// The form page and what sites embed, over HTTP: policies, words, escaping, codings, and what a form without JavaScript sends.
import { type FormPack, formBookOf } from '../../src/http/form-book';
import { renderForm, renderReceipt } from '../../src/http/form-page';
import { loadPack } from '../../src/pack/load';
import { createEngine } from '../../src/engine';
import { createTalk } from '../../src/service/core';
import { PreticketError } from '../../src/errors';
import type { Store } from '../../src/stores/store';
import { call, testServer, type TestServer } from '../support/test-server';

const SECRET = ['Dunlin', 'Moor', '#3317'].join('-');
const TEXT = `renew fails, it says "IP not allowed". account lotusreg. my api password is ${SECRET}`;

async function serve(
  delivers: boolean,
  config = {},
  store: (made: Store) => Store = (made) => made,
): Promise<{ server: TestServer; pack: FormPack }> {
  const data = await loadPack();
  const pack = data as unknown as FormPack;
  const engine = createEngine(data);
  const keys = [...pack.fields.map(({ key }) => key), 'attachments'];
  const server = await testServer({
    config,
    store,
    talk: createTalk({ engine, fieldKeys: keys, defaultLanguage: 'en' }),
    assets: { redaction: () => Uint8Array.of(1, 2, 3), form: formBookOf(pack, 'attachments'), delivers },
  });
  return { server, pack };
}

const form = (values: Readonly<Record<string, string>>) => ({
  body: new URLSearchParams(values).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

describe('served', () => {
  let server: TestServer;
  let pack: FormPack;
  beforeAll(async () => ({ server, pack } = await serve(false)));
  afterAll(() => server.close());

  test('under a policy that lets in this origin and forms to it, nothing else; never kept', async () => {
    const { status, headers, text } = await call(`${server.url}/form`);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(text).not.toMatch(/<style|style=|<script(?! src="\/)|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
  });

  test('what sites embed may be loaded by any of them, in the coding they take', async () => {
    for (const name of ['form.js', 'redact.js', 'redact.bin', 'form.json?lang=ru']) {
      const [br, gzip, plain] = await Promise.all(
        ['br, gzip', 'gzip;q=0.5, br;q=0', 'identity'].map((coding) =>
          fetch(`${server.url}/${name}`, { headers: { 'accept-encoding': coding } }),
        ),
      );
      expect([br, gzip, plain].map((each) => each?.headers.get('content-encoding'))).toEqual(['br', 'gzip', null]);
      expect(br?.headers.get('access-control-allow-origin')).toBe('*');
      expect(br?.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(await gzip?.text()).toBe(await plain?.text());
    }
  });

  test('a ticket without JavaScript: what was told, what was given, and what no field takes; no secret comes back', async () => {
    const sent = form({ text: TEXT, outboundIp: '192.168.1.4', domain: 'Example.COM', unknown: 'x' });
    const { status, text } = await call(`${server.url}/form?lang=en`, sent);
    expect(status).toBe(200);
    expect(text).toContain('Your ticket is ready');
    expect(text).toContain('`example.com`');
    expect(text).toContain('192.168.1.4');
    expect(text).toContain('[redacted:api-secret]');
    expect(text).not.toContain(SECRET);
    expect(server.log.join('\n')).not.toContain(SECRET);
  });

  test.each([
    ['an empty message', form({ text: ' \r\n ' }), 422],
    ['a message that is too long', form({ text: `${SECRET} `.repeat(300) }), 413],
    ['another content type', { body: { text: 'x' } }, 415],
    ['a body that is not UTF-8', { ...form({}), body: Buffer.from([0x74, 0xff, 0xfe]) }, 400],
  ])('%s is refused, and what was sent is not shown again', async (_name, sent, status) => {
    const answer = await call(`${server.url}/form`, sent);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(SECRET);
  });

  test('elsewhere a form is still no body', async () => {
    expect((await call(`${server.url}/v1/triage`, form({ text: 'x' }))).status).toBe(415);
  });

  test('every language has every sentence', () => {
    const [first, ...others] = pack.texts.map(({ form }) => Object.keys(form).sort());
    expect(first?.length).toBeGreaterThan(30);
    for (const other of others) expect(other).toEqual(first);
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    const english = pack.texts.find(({ language }) => language === 'en')?.form ?? {};
    for (const { form } of pack.texts)
      for (const [id, text] of Object.entries(form))
        expect([id, parameters(text)]).toEqual([id, parameters(english[id] ?? '')]);
  });
});

test('with a helpdesk the receipt has the number and follows the ticket', async () => {
  const { server } = await serve(true);
  try {
    const { text } = await call(`${server.url}/form?lang=en`, form({ text: TEXT }));
    const id = /<code>([^<]+)<\/code>/.exec(text)?.[1];
    const conversation = /data-id="([^"]+)" data-token="([^"]+)"/.exec(text);
    const { json } = await call(`${server.url}/v1/conversations/${conversation?.[1]}/ticket`, {
      token: conversation?.[2] ?? '',
    });
    expect(id).toBe(json.ticket.id);
  } finally {
    await server.close();
  }
});

test('the store is away: what was written is shown again, redacted', async () => {
  const { server } = await serve(false, {}, (store) => ({
    ...store,
    create: () => Promise.reject(new PreticketError('STORE_UNAVAILABLE', 'away')),
  }));
  try {
    const { status, text } = await call(
      `${server.url}/form?lang=en`,
      form({ text: TEXT, domain: 'example.net', account: SECRET }),
    );
    expect(status).toBe(503);
    expect(text).toContain('What you wrote is still here');
    expect(text).toContain('my api password is [redacted:api-secret]');
    expect(text).toContain('value="example.net"');
    expect(text).not.toContain(SECRET);
  } finally {
    await server.close();
  }
});

test('texts are text: a pack or a draft with markup in its words changes nothing of the page', () => {
  const evil = `"><img src=x onerror=alert(1)>'&`;
  const sentences = new Proxy<Record<string, string>>({}, { get: () => evil, ownKeys: () => [] });
  const book = formBookOf(
    {
      pack: { defaultLanguage: 'en', languages: ['en'], moduleIntegration: evil, links: {} },
      texts: [
        {
          language: 'en',
          form: sentences,
          page: sentences,
          kinds: { other: evil },
          fields: { one: { label: evil, question: evil, choices: { [evil]: evil } } },
        },
      ],
      fields: [
        { key: 'one', order: 1, needed: 'always' },
        { key: evil, order: 2, needed: 'always' },
      ],
    },
    'attachments',
  );
  const options = { language: 'en', delivers: true, trouble: 'failed', values: { one: evil, text: evil } };
  const receipt = { id: evil, token: evil, ticket: evil, draft: `</textarea>${evil}`, kinds: [evil] };
  for (const page of [renderForm(book, options), renderReceipt(book, options, receipt)]) {
    expect(page).not.toMatch(/<img src=x|<\/textarea>"/);
    expect(page).toContain('&#34;&#62;&#60;img');
  }
});
