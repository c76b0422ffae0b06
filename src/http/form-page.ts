// The form page and its receipt as HTML: works without JavaScript, better with it; no inline script or style.
import type { Language } from './accept-language';
import type { FormBook, PageField } from './form-book';
import { escapeHtml as escape, renderFrame } from './html';

export interface FormPageOptions {
  readonly language: Language;
  /** A helpdesk takes the ticket; else the person copies it. */
  readonly delivers: boolean;
  /** The id of a sentence that says why the last try did not work. */
  readonly trouble?: string;
  /** What the person had given, redacted. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface Receipt {
  /** Of the conversation: the page asks how the ticket fares. */
  readonly id: string;
  readonly token: string;
  readonly ticket: string;
  readonly draft: string;
  /** Kinds of what was removed. */
  readonly kinds: readonly string[];
}

type Say = (id: string) => string;

function wordsOf(book: FormBook, language: Language): { readonly say: Say; readonly page: Say } {
  const form = book.texts[language]?.form ?? {};
  const page = book.pages[language]?.page ?? {};
  return { say: (id) => escape(form[id] ?? ''), page: (id) => escape(page[id] ?? '') };
}

const nameOf = (language: Language): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

function frame(book: FormBook, language: Language, main: string): string {
  const { say, page } = wordsOf(book, language);
  const options = book.languages
    .map((tag) => {
      const chosen = tag === language ? ' selected' : '';
      return `<option value="${escape(tag)}" lang="${escape(tag)}"${chosen}>${escape(nameOf(tag))}</option>`;
    })
    .join('');
  return renderFrame({
    language,
    title: say('title'),
    style: '/form.css',
    scripts: [
      { src: '/form.js', when: 'defer' },
      { src: '/form-page.js', when: 'defer' },
    ],
    main: `<header>
<img src="/icon.svg" alt="" width="40" height="40">
<h1>${say('title')}</h1>
<form method="get" action="/form" class="language">
<label class="hidden" for="language">${page('language')}</label>
<select id="language" name="lang" autocomplete="off">${options}</select>
<noscript><button>${page('language')}</button></noscript>
</form>
</header>
${main}`,
  });
}

function control({ key, label, choices, isForModule }: PageField, say: Say, value: string): string {
  const id = `field-${escape(key)}`;
  const named = `id="${id}" name="${escape(key)}" data-preticket-field="${escape(key)}"`;
  const options = choices.map((choice) => {
    const chosen = choice.value === value ? ' selected' : '';
    return `<option value="${escape(choice.value)}"${choice.isModule ? ' class="module"' : ''}${chosen}>${escape(choice.label)}</option>`;
  });
  const box =
    choices.length === 0
      ? `<input ${named} value="${escape(value)}" maxlength="2000" autocomplete="off" autocapitalize="off" spellcheck="false">`
      : `<select ${named}><option value="">${say('choose')}</option>${options.join('')}</select>`;
  return `<div class="field${isForModule ? ' for-module' : ''}"><label for="${id}">${escape(label)}</label>${box}</div>`;
}

/** `language`: one of the book's. */
export function renderForm(book: FormBook, { language, delivers, trouble, values = {} }: FormPageOptions): string {
  const { say, page } = wordsOf(book, language);
  const fields = (book.pages[language]?.fields ?? []).map((field) => control(field, say, values[field.key] ?? ''));
  return frame(
    book,
    language,
    `<p class="lead">${say('subtitle')}</p>
${trouble === undefined ? '' : `<p class="trouble" role="alert">${say(trouble)}</p>`}
<form id="ticket" method="post" action="/form?lang=${encodeURIComponent(language)}" accept-charset="utf-8" data-preticket>
<div class="field message"><label for="text">${say('message')}</label><p class="hint" id="text-hint">${say('messageHint')}</p>
<textarea id="text" name="text" rows="9" required aria-describedby="text-hint" data-preticket-field="text" spellcheck="false">${escape(values['text'] ?? '')}</textarea></div>
<fieldset><legend>${say('details')}</legend><p class="hint">${say('detailsHint')}</p>
<div class="grid">${fields.join('\n')}</div></fieldset>
<details class="preview" hidden><summary>${say('draft')}</summary>
<textarea readonly rows="14" aria-label="${say('draft')}" data-preticket-field="draft"></textarea></details>
<noscript><p class="hint">${say('noScript')}</p></noscript>
<div class="send"><button class="primary">${say(delivers ? 'send' : 'prepare')}</button><a href="/?lang=${encodeURIComponent(language)}">${say('chat')}</a></div>
<p class="privacy"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 1.5 13 3.5V8c0 3.3-2.2 5.3-5 6.5C5.2 13.3 3 11.3 3 8V3.5z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/></svg> ${page('privacy')}</p>
</form>`,
  );
}

/** What the person sees once the ticket is there. */
export function renderReceipt(
  book: FormBook,
  { language, delivers }: FormPageOptions,
  { id, token, ticket, draft, kinds }: Receipt,
): string {
  const { say, page } = wordsOf(book, language);
  const names = book.texts[language]?.kinds ?? {};
  const removed = [...new Set(kinds.map((kind) => names[kind] ?? names['other'] ?? kind))].join(', ');
  const text = `<textarea id="draft" readonly rows="16" aria-label="${say('draft')}">${escape(draft)}</textarea>
<p class="row"><button type="button" id="copy" class="copy" data-copied="${page('copied')}" hidden>${page('copy')}</button></p>`;
  const form = book.texts[language]?.form ?? {};
  // For each state of the ticket: the heading, and what is said below it.
  const states = {
    pending: [form['sentTitle'], form['pending']],
    delivered: [form['receivedTitle'], form['delivered']],
    failed: [form['failedTitle'], form['undelivered']],
  };
  const watch = delivers
    ? ` data-id="${escape(id)}" data-token="${escape(token)}" data-states="${escape(JSON.stringify(states))}"`
    : '';
  return frame(
    book,
    language,
    `<section class="receipt" aria-labelledby="receipt"${watch}>
<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path d="m15 24.5 6.2 6.2L33.5 18"/></svg>
<h2 id="receipt" tabindex="-1">${say(delivers ? 'sentTitle' : 'copyTitle')}</h2>
<p class="under">${say(delivers ? 'sentHint' : 'copyHint')}</p>
${
  delivers
    ? `<p class="number"><code>${escape(ticket)}</code></p><p class="hint" id="state" role="status">${say('pending')}</p>
<p class="row"><button type="button" id="send-again" class="primary" hidden>${say('sendAgain')}</button></p>`
    : ''
}
${removed === '' ? '' : `<p class="removed">${say('removed').replace('{kinds}', escape(removed))}</p>`}
${delivers ? `<details><summary>${say('draft')}</summary>${text}</details>` : text}
<p class="row"><a href="/form?lang=${encodeURIComponent(language)}">${say('again')}</a></p>
</section>`,
  );
}
