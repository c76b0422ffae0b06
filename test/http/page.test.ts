// The support-chat page over HTTP: its policy, its words in the language that is wanted, and that it loads nothing from elsewhere.
import { chooseLanguage } from '../../src/http/accept-language';
import { type PageBook, renderPage } from '../../src/http/page';
import type { TextFile } from '../../src/pack/schema/text';
import { readKind } from '../support/answer-pack';
import { call, testServer, type TestServer } from '../support/test-server';

const texts = readKind<TextFile>('text');
const book: PageBook = {
  defaultLanguage: 'en',
  languages: Object.fromEntries(
    [...texts].map(([tag, { page, talk }]) => [tag, { texts: page, greeting: talk['greeting'] ?? '' }]),
  ),
  hosts: ['official.example'],
};

describe('served', () => {
  let server: TestServer;
  beforeAll(async () => (server = await testServer({ page: book })));
  afterAll(() => server.close());

  test('under a policy that lets in nothing but this origin', async () => {
    const { status, headers, text } = await call(`${server.url}/`);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<style|style=|<script(?! src="\/)|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
    for (const [, name = ''] of text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const file = await call(`${server.url}${name}`);
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.text).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
    }
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

  test('once: a browser that has it is told so', async () => {
    for (const name of ['', 'chat.js', 'chat.css', 'icon.svg']) {
      const { headers } = await call(`${server.url}/${name}`);
      const again = await call(`${server.url}/${name}`, { headers: { 'if-none-match': `W/${headers.etag}` } });
      expect([name, again.status, again.text]).toEqual([name, 304, '']);
    }
  });

  test('small: the script and the style sheet stay under 20 KiB each', async () => {
    for (const name of ['chat.js', 'chat.css'])
      expect((await call(`${server.url}/${name}`)).text.length).toBeLessThan(20 * 1024);
  });

  test('not as part of the API, and to reading methods only', async () => {
    expect((await call(`${server.url}/openapi.json`)).text).not.toContain('chat.js');
    expect((await call(`${server.url}/`, { body: {} })).status).toBe(405);
  });
});

test.each([...texts.keys()])('%s: every word of the page is there', (tag) => {
  const page = renderPage(book, tag);
  for (const id of ['title', 'subtitle', 'label', 'send', 'privacy', 'human', 'restart', 'delete'])
    expect(page).toContain(book.languages[tag]?.texts[id] ?? 'missing');
  expect(page).not.toContain('undefined');
});

test('texts are text: a pack with markup in its words changes nothing of the page', () => {
  const evil = '"><script>x</script>';
  const page = renderPage({ ...book, languages: { en: { texts: { title: evil }, greeting: evil } } }, 'en');
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
