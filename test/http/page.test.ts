// The support-chat page and the parts that sites embed, over HTTP: policy, words, languages, sizes, and that nothing comes from elsewhere.
import { gzipSync } from 'node:zlib';
import { chooseLanguage } from '../../src/http/accept-language';
import { chatTextsOf } from '../../src/http/chat-texts';
import { type PageBook, renderPage } from '../../src/http/page';
import type { TextFile } from '../../src/pack/schema/text';
import { readKind } from '../support/answer-pack';
import { call, testServer, type TestServer } from '../support/test-server';

const texts = readKind<TextFile>('text');
const keys = Object.keys(texts.get('en')?.fields ?? {});
const book: PageBook = {
  defaultLanguage: 'en',
  languages: Object.fromEntries([...texts].map(([tag, file]) => [tag, chatTextsOf(file, keys)])),
  hosts: ['official.example'],
  delivers: true,
};
const KIB = 1024;

describe('served', () => {
  let server: TestServer;
  beforeAll(async () => (server = await testServer({ page: book })));
  afterAll(() => server.close());
  const gzipped = async (name: string): Promise<number> =>
    gzipSync((await call(`${server.url}/${name}`)).text, { level: 9 }).length;

  test('under a policy that lets in nothing but this origin', async () => {
    const { status, headers, text } = await call(`${server.url}/`);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<style|style=|<script(?! src="\/)|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
    expect(text).toContain('<preticket-chat');
    for (const [, name = ''] of text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const file = await call(`${server.url}${name}`);
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.text).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
    }
  });

  test('to any site, packed, and asked for again by its tag', async () => {
    for (const name of ['widget.js', 'chat.js', 'page.js', 'page.css', 'icon.svg', 'texts/en.json']) {
      const { headers } = await call(`${server.url}/${name}`, { headers: { origin: 'https://elsewhere.example' } });
      expect([name, headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([
        name,
        '*',
        'cross-origin',
      ]);
      const packed = await fetch(`${server.url}/${name}`, { headers: { 'accept-encoding': 'gzip' } });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      const again = await call(`${server.url}/${name}`, { headers: { 'if-none-match': `W/${headers.etag}` } });
      expect([name, again.status, again.text]).toEqual([name, 304, '']);
    }
    const { headers } = await call(`${server.url}/`);
    expect((await call(`${server.url}/`, { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(304);
  });

  test('small: the loader at most 3 KiB, all of the chat with it at most 20 KiB, gzip', async () => {
    const [loader, chat, words] = [
      await gzipped('widget.js'),
      await gzipped('chat.js'),
      await gzipped('texts/en.json'),
    ];
    expect(loader).toBeLessThanOrEqual(3 * KIB);
    expect(loader + chat + words).toBeLessThanOrEqual(20 * KIB);
  });

  test.each([...texts.keys()])('%s: the words of one language add at most 2.5 KiB', async (tag) => {
    expect(await gzipped(`texts/${tag}.json`)).toBeLessThanOrEqual(2.5 * KIB);
  });

  test('where no helpdesk takes tickets, the words say that the person sends it, and which are not needed are left out', async () => {
    const kept = await testServer({ page: { ...book, delivers: false } });
    try {
      const wordsAt = async (url: string): Promise<Record<string, string>> =>
        (JSON.parse((await call(`${url}/texts/en.json`)).text) as { page: Record<string, string> }).page;
      const [sent, own] = [await wordsAt(server.url), await wordsAt(kept.url)];
      expect([sent['submit'], sent['ticketDelivered']]).toEqual(['Send to support', 'With support']);
      expect(own['submit']).toBe('Finish the ticket');
      expect(own['ticketDelivered']).toContain('copy it');
      for (const words of [sent, own]) expect(words).not.toHaveProperty('ticketKept');
    } finally {
      await kept.close();
    }
  });

  test('the loader brings the name of its button in each language, the pack’s own first', async () => {
    const { text } = await call(`${server.url}/widget.js`);
    for (const { page } of Object.values(book.languages)) expect(text).toContain(page['title']);
    expect(text).not.toContain('LAUNCHER_BOOK');
    expect(text.indexOf('API support')).toBeLessThan(text.indexOf('API 支持'));
  });

  test('by what is wanted: the address first, then the browser, then the pack’s own', async () => {
    const langOf = async (query: string, header?: string): Promise<string | undefined> => {
      const { headers, text } = await call(
        `${server.url}/${query}`,
        header === undefined ? {} : { headers: { 'accept-language': header } },
      );
      expect(headers.vary).toContain('Accept-Language');
      expect(text).toContain(`<html lang="${headers['content-language']}">`);
      return headers['content-language'];
    };
    expect(await langOf('')).toBe('en');
    expect(await langOf('', 'de, pt-BR;q=0.8, en;q=0.9')).toBe('en');
    expect(await langOf('', 'de, pt-BR;q=0.8')).toBe('pt');
    expect(await langOf('?lang=zh', 'vi')).toBe('zh');
    expect(await langOf('?lang=xx', 'vi')).toBe('vi');
    expect(await langOf('?lang=%22%3E%3Cb%3E&lang=ru')).toBe('en');
  });

  test('not as part of the API, and to reading methods only', async () => {
    expect((await call(`${server.url}/openapi.json`)).text).not.toContain('chat.js');
    expect((await call(`${server.url}/`, { body: {} })).status).toBe(405);
  });
});

test.each([...texts.keys()])('%s: every sentence that the chat says is there', (tag) => {
  const { page, fields, kinds, states, greeting } = book.languages[tag] ?? book.languages['en']!;
  const own = book.languages['en']!;
  expect(Object.keys(page).sort()).toEqual(Object.keys(own.page).sort());
  expect(Object.values(page).filter((text) => text === '')).toEqual([]);
  expect([Object.keys(fields), Object.keys(kinds), Object.keys(states)]).toEqual([
    Object.keys(own.fields),
    Object.keys(own.kinds),
    Object.keys(own.states),
  ]);
  expect(greeting).not.toBe('');
});

test('texts are text: a pack with markup in its words changes nothing of the page', () => {
  const evil = '"><script>x</script>';
  const en = book.languages['en']!;
  const page = renderPage(
    { ...book, languages: { en: { ...en, page: { ...en.page, title: evil, noScript: evil } } } },
    'en',
  );
  expect(page).not.toContain(evil);
});

test.each<[string | undefined, string | undefined, string]>([
  [undefined, undefined, 'en'],
  [undefined, '*', 'en'],
  [undefined, ';;;,,,q=', 'en'],
  [undefined, 'zh-Hant-TW', 'zh'],
  [undefined, 'ru;q=0, es;q=0.1', 'es'],
  ['ES-mx', 'ru', 'es'],
])('lang %p, Accept-Language %p: %s', (wanted, header, expected) => {
  expect(chooseLanguage(['en', 'zh', 'ru', 'es'], 'en', wanted, header)).toBe(expected);
});
