// What the pages of this server have in common: the frame around them, and how a text becomes HTML. No inline script or style.
import type { Language } from './accept-language';

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface PageFrame {
  readonly language: Language;
  /** HTML. */
  readonly title: string;
  readonly style: string;
  readonly scripts: readonly { readonly src: string; readonly when: 'async' | 'defer' }[];
  /** HTML. */
  readonly main: string;
}

/** A whole document. */
export function renderFrame({ language, title, style, scripts, main }: PageFrame): string {
  const loaded = scripts.map(({ src, when }) => `<script src="${src}" ${when}></script>`).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${style}">
${loaded}
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
