// The support-chat page as HTML: its words in the person's language, no inline script or style.
import type { Language } from './accept-language';

export interface PageTexts {
  /** Of the section `page` of a text file, and what of `report` the page shows. */
  readonly texts: Readonly<Record<string, string>>;
  readonly greeting: string;
}

export interface PageBook {
  readonly defaultLanguage: Language;
  readonly languages: Readonly<Record<Language, PageTexts>>;
  /** Hosts that may be shown as links. */
  readonly hosts: readonly string[];
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const nameOf = (language: Language): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#1f5fd6"/><path d="M9 11.5A3.5 3.5 0 0 1 12.5 8h7A3.5 3.5 0 0 1 23 11.5v4A3.5 3.5 0 0 1 19.5 19H16l-4.5 4v-4A3.5 3.5 0 0 1 9 15.5z" fill="#fff"/><path d="m13 13.5 2.2 2.2 4-4" fill="none" stroke="#1f5fd6" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** `language`: one of the book's. */
export function renderPage(book: PageBook, language: Language): string {
  const { texts, greeting } = book.languages[language] ?? { texts: {}, greeting: '' };
  const t = (id: string): string => escape(texts[id] ?? '');
  const options = Object.keys(book.languages)
    .map(
      (tag) =>
        `<option value="${escape(tag)}" lang="${escape(tag)}"${tag === language ? ' selected' : ''}>${escape(nameOf(tag))}</option>`,
    )
    .join('');
  return `<!doctype html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${t('title')}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/chat.css">
<script src="/chat.js" defer></script>
</head>
<body>
<a class="skip" href="#message">${t('skip')}</a>
<main id="chat" data-language="${escape(language)}" data-texts="${escape(JSON.stringify(texts))}" data-hosts="${escape(JSON.stringify(book.hosts))}">
<header>
<img src="/icon.svg" alt="" width="36" height="36">
<div class="name"><h1>${t('title')}</h1><p>${t('subtitle')}</p></div>
<label class="hidden" for="language">${t('language')}</label>
<select id="language" autocomplete="off">${options}</select>
</header>
<div id="scroll">
<div id="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="${t('log')}" tabindex="0"><article class="reply text"><span class="hidden">${t('assistant')}: </span><p>${escape(greeting)}</p></article></div>
<div id="typing" hidden><span class="hidden">${t('typing')}</span><i></i><i></i><i></i></div>
</div>
<noscript><p class="reply warning">${t('noScript')}</p></noscript>
<p id="status" role="status"></p>
<form id="composer">
<label class="hidden" for="message">${t('label')}</label>
<textarea id="message" rows="1" placeholder="${t('placeholder')}" aria-describedby="privacy" autocomplete="off" enterkeyhint="send"></textarea>
<button type="submit" class="primary"><span>${t('send')}</span><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M10 16V4m0 0L5 9m5-5 5 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg></button>
<p id="privacy"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 1.5 13 3.5V8c0 3.3-2.2 5.3-5 6.5C5.2 13.3 3 11.3 3 8V3.5z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/></svg> ${t('privacy')}</p>
</form>
<footer>
<button type="button" id="human">${t('human')}</button>
<button type="button" id="restart">${t('restart')}</button>
<button type="button" id="delete">${t('delete')}</button>
</footer>
<dialog id="ask" aria-labelledby="ask-text">
<p id="ask-text">${t('deleteAsk')}</p>
<div class="row"><button type="button" id="cancel">${t('cancel')}</button><button type="button" id="yes" class="danger">${t('deleteYes')}</button></div>
</dialog>
</main>
</body>
</html>
`;
}
