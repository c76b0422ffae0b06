// What a site embeds: defines <preticket-chat>, adds one where the page has none, and loads the chat itself only when it is opened.
import type { Chat, mountChat } from './chat/chat';
import STYLE from './launcher.css';

/** Put in by the server: what the button is called in each language of the pack, the pack's own language first. */
declare const LAUNCHER_BOOK: Readonly<Record<string, string>>;

const NAME = 'preticket-chat';
const SVG = 'http://www.w3.org/2000/svg';
const own =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
/** `https://HOST`: where this script came from is where the conversation goes. */
const base = new URL(own?.src ?? location.href).origin;

class PreticketChat extends HTMLElement {
  static readonly observedAttributes = ['lang', 'heading', 'open', 'inline'];
  private readonly root = this.attachShadow({ mode: 'open' });
  private readonly launcher = document.createElement('button');
  private readonly label = document.createElement('span');
  private chat?: Promise<Chat>;
  private shown?: Chat;

  connectedCallback(): void {
    if (this.launcher.parentNode === null) this.build();
    this.update();
  }

  disconnectedCallback(): void {
    this.shown?.pause();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.update();
  }

  private build(): void {
    const { launcher, label } = this;
    launcher.type = 'button';
    launcher.className = 'launcher';
    launcher.ariaExpanded = 'false';
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.ariaHidden = 'true';
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute(
      'd',
      'M7 4h10a4 4 0 0 1 4 4v6a4 4 0 0 1-4 4h-4l-5 4v-4H7a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zm2 7 2.2 2.2L15.5 9',
    );
    icon.append(path);
    launcher.append(icon, label);
    launcher.addEventListener('click', () => this.toggleAttribute('open', true));
    this.root.append(launcher);
    this.adopt(STYLE);
  }

  /** Adds a style. A rem is what the person chose in the browser, whatever the page makes of its own. */
  private adopt(style: string): void {
    this.label.style.fontSize = 'medium';
    const rem = parseFloat(getComputedStyle(this.label).fontSize);
    this.label.style.fontSize = '';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.replace(/([\d.]+)rem\b/g, (_, number: string) => `${Number(number) * rem}px`));
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, sheet];
  }

  /** The language of the element, of the page, of the browser, or the pack's own: the first that the pack speaks. */
  private get language(): string {
    const wanted = [this.lang, document.documentElement.lang, ...navigator.languages];
    const known = wanted.flatMap((tag) => [tag, tag.split('-')[0] ?? '']).find((tag) => tag in LAUNCHER_BOOK);
    return known ?? Object.keys(LAUNCHER_BOOK)[0] ?? '';
  }

  private update(): void {
    const { language } = this;
    const isInline = this.hasAttribute('inline');
    const isOpen = isInline || this.hasAttribute('open');
    const title = this.getAttribute('heading') ?? LAUNCHER_BOOK[language] ?? '';
    this.label.textContent = title;
    this.launcher.lang = language;
    this.launcher.hidden = isInline;
    if (isOpen) this.chat ??= this.load();
    this.shown?.update(language, title, isOpen);
  }

  private async load(): Promise<Chat> {
    this.launcher.ariaBusy = 'true';
    try {
      const chatModule = (await import(`${base}/chat.js`)) as { readonly mountChat: typeof mountChat };
      const title = this.label.textContent;
      const chat = await chatModule.mountChat({
        host: this,
        root: this.root,
        adopt: (style) => this.adopt(style),
        launcher: this.launcher,
        base,
        language: this.language,
        title,
      });
      this.shown = chat;
      this.update();
      return chat;
    } catch (cause) {
      // The next press tries again.
      delete this.chat;
      this.removeAttribute('open');
      throw cause;
    } finally {
      this.launcher.ariaBusy = null;
    }
  }
}

function begin(): void {
  if (document.querySelector(NAME) === null) document.body.append(document.createElement(NAME));
}

if (!customElements.get(NAME)) {
  customElements.define(NAME, PreticketChat);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
