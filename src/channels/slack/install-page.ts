// The page that ends an installation: a title, a sentence, one link. No script; its style is allowed by its hash.
import { createHash } from 'node:crypto';

const STYLE =
  ':root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;font:1.0625rem/1.55 system-ui,sans-serif}' +
  'main{max-width:30rem;padding:2rem}h1{font-size:1.4rem;line-height:1.3;margin:0 0 .6rem}p{margin:0 0 1.4rem}' +
  'a{display:inline-block;padding:.6rem 1.1rem;border-radius:.5rem;background:#1f3a5f;color:#fff;text-decoration:none}' +
  'a:focus-visible{outline:3px solid #7aa7e0;outline-offset:2px}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export interface InstallPage {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly link: { readonly href: string; readonly text: string };
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

/** `policy`: the Content-Security-Policy that it needs. */
export function renderInstallPage({ language, title, text, link }: InstallPage): {
  readonly html: string;
  readonly policy: string;
} {
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
<a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></main></body></html>
`;
  return {
    html,
    policy: `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`,
  };
}
