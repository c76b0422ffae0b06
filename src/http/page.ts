// The support-chat page: a host of the widget like any other, filled by it whole. No inline script or style.
import type { Language } from './accept-language';
import { escapeHtml, renderFrame } from './html';

/** What the widget says in one language; served as it is. */
export interface ChatTexts {
  readonly language: Language;
  /** Of the section `page` of a text file, and what of `report` the chat shows. */
  readonly page: Readonly<Record<string, string>>;
  readonly greeting: string;
  /** Ticket fields by key, in the order of the ticket. */
  readonly fields: Readonly<
    Record<string, { readonly label: string; readonly choices?: Readonly<Record<string, string>> }>
  >;
  readonly kinds: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, string>>;
}

export interface PageBook {
  readonly defaultLanguage: Language;
  readonly languages: Readonly<Record<Language, ChatTexts>>;
  /** Hosts that may be shown as links. */
  readonly hosts: readonly string[];
  /** A helpdesk takes tickets; else people copy them and send them themselves. */
  readonly delivers: boolean;
}

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#1f5fd6"/><path d="M9 11.5A3.5 3.5 0 0 1 12.5 8h7A3.5 3.5 0 0 1 23 11.5v4A3.5 3.5 0 0 1 19.5 19H16l-4.5 4v-4A3.5 3.5 0 0 1 9 15.5z" fill="#fff"/><path d="m13 13.5 2.2 2.2 4-4" fill="none" stroke="#1f5fd6" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** `language`: one of the book's. */
export function renderPage(book: PageBook, language: Language): string {
  const t = (id: string): string => escapeHtml(book.languages[language]?.page[id] ?? '');
  return renderFrame({
    language,
    title: t('title'),
    style: '/page.css',
    scripts: [
      { src: '/widget.js', when: 'async' },
      { src: '/page.js', when: 'async' },
    ],
    main: `<preticket-chat inline lang="${escapeHtml(language)}"></preticket-chat>
<noscript><p>${t('noScript')}</p></noscript>`,
  });
}
