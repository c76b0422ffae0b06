// Removes credentials before anything leaves the browser, with the server's own rules (`/redact.js`), loaded when the person begins to write.
import type { Api } from './api';

export interface Removed {
  readonly kind: string;
  /** UTF-16 units of the text that was given. */
  readonly start: number;
  readonly end: number;
}

interface BrowserRedactor {
  redact(text: string): { readonly text: string; readonly removed: readonly Removed[] };
}

interface RedactModule {
  loadRedactor(base: string): Promise<BrowserRedactor>;
}

export interface Cleaned {
  readonly text: string;
  /** Of the text that was given, in order. */
  readonly removed: readonly Removed[];
  /** False where the rules could not be had: then the server alone removes. */
  readonly redacted: boolean;
}

export class Redaction {
  private redactor: BrowserRedactor | undefined;
  private loading: Promise<BrowserRedactor | undefined> | undefined;
  /** Values that the server takes for no secrets, of this page's life. */
  private readonly kept = new Set<string>();

  constructor(private readonly api: Api) {}

  /** Resolves to nothing where it cannot be had now; the next call tries again. */
  load(): Promise<BrowserRedactor | undefined> {
    const { base } = this.api;
    this.loading ??= import(`${base}/redact.js`)
      .then((module: RedactModule) => module.loadRedactor(base))
      .then(
        (redactor) => (this.redactor = redactor),
        () => {
          this.loading = undefined;
          return undefined;
        },
      );
    return this.loading;
  }

  async clean(raw: string): Promise<Cleaned> {
    const redactor = this.redactor ?? (await this.load());
    if (redactor === undefined) return { text: raw, removed: [], redacted: false };
    const removed = redactor.redact(raw).removed.filter(({ start, end }) => !this.kept.has(raw.slice(start, end)));
    return { text: without(raw, removed), removed, redacted: true };
  }

  /** Asks the server whether one removed value is a secret to it too. True where it may stay. Throws a `Failure`. */
  async ask(raw: string, { start, end }: Removed, removed: readonly Removed[]): Promise<boolean> {
    const value = raw.slice(start, end);
    const others = removed.filter((other) => other.start !== start);
    const text = await this.api.redacted(without(raw, others));
    if (!text.includes(value)) return false;
    this.kept.add(value);
    return true;
  }
}

function without(raw: string, removed: readonly Removed[]): string {
  let out = '';
  let at = 0;
  for (const { kind, start, end } of removed) {
    out += `${raw.slice(at, start)}[redacted:${kind}]`;
    at = end;
  }
  return out + raw.slice(at);
}
