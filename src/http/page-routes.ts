// Serves the support-chat page, and what sites embed for the chat: loader, chat, style, words.
import type { FastifyInstance } from 'fastify';
import { chooseLanguage } from './accept-language';
import { type Asset, assetOf, sendAsset } from './asset-routes';
import { CSS, HTML, JAVASCRIPT, pagePolicy, readBuilt, sendKnown, tagOf } from './built-files';
import { type ChatTexts, ICON, type PageBook, renderPage } from './page';

/** Stands in the built loader for the words that it brings along. */
const WORDS = 'LAUNCHER_BOOK';

export function pageRoutes(app: FastifyInstance, book: PageBook): void {
  const languages = Object.keys(book.languages);
  const hidden = { schema: { hide: true } } as const;

  app.get<{ Querystring: { lang?: unknown } }>('/', hidden, async (request, reply) => {
    const wanted = typeof request.query.lang === 'string' ? request.query.lang : undefined;
    const language = chooseLanguage(languages, book.defaultLanguage, wanted, request.headers['accept-language']);
    const page = renderPage(book, language);
    reply.headers({
      'content-security-policy': pagePolicy("'none'"),
      'content-language': language,
      vary: 'Accept-Language',
      'cache-control': 'no-cache',
    });
    if (!(await sendKnown(request, reply, tagOf(page)))) await reply.type(HTML).send(page);
  });

  const kept = new Map<string, Asset>();
  const serve = (name: string, type: string, text: () => string): void => {
    app.get(`/${name}`, hidden, async (request, reply) => {
      let asset = kept.get(name);
      if (asset === undefined) kept.set(name, (asset = assetOf(type, Buffer.from(text()))));
      await sendAsset(request, reply, asset);
    });
  };
  const built = (name: string): string => readBuilt(name).toString('utf8');
  serve('widget.js', JAVASCRIPT, () => built('widget.js').replaceAll(WORDS, () => JSON.stringify(launcherBook(book))));
  serve('chat.js', JAVASCRIPT, () => built('chat.js'));
  serve('page.js', JAVASCRIPT, () => built('page.js'));
  serve('page.css', CSS, () => built('page.css'));
  serve('icon.svg', 'image/svg+xml', () => ICON);
  for (const [language, texts] of Object.entries(book.languages))
    serve(`texts/${language}.json`, 'application/json; charset=utf-8', () => JSON.stringify(textsOf(book, texts)));
}

/** What only the page itself and the button say. */
const OTHERS: ReadonlySet<string> = new Set(['title', 'noScript', 'submitKept', 'ticketKept']);

/** Where no helpdesk takes tickets nothing is said to be sent. */
const keptOf = (page: ChatTexts['page']): ChatTexts['page'] => ({
  ...page,
  submit: page['submitKept'] ?? '',
  ticketDelivered: page['ticketKept'] ?? '',
});

/** The words of one language as the chat takes them. */
const textsOf = ({ languages, hosts, delivers }: PageBook, { page, ...texts }: ChatTexts): object => ({
  ...texts,
  page: Object.fromEntries(Object.entries(delivers ? page : keptOf(page)).filter(([id]) => !OTHERS.has(id))),
  languages: Object.keys(languages),
  hosts,
});

/** What the button that opens the chat is called, the pack's own language first. */
function launcherBook({ defaultLanguage, languages }: PageBook): Record<string, string> {
  const tags = new Set([defaultLanguage, ...Object.keys(languages)]);
  return Object.fromEntries([...tags].map((tag) => [tag, languages[tag]?.page['title'] ?? '']));
}
