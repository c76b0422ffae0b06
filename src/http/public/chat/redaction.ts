// Removes credentials before anything leaves the browser, with the server's own rules (`/redact.js`), loaded when the person begins to write.
import type { redactAside as RedactAside } from '../redact/aside';
import { isLong } from '../redact/long';
import type { BrowserRedactor, Removed } from '../redact/redact';
import type { Api } from './api';

export type { Removed };

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
  private loading: Promise<BrowserRedactor | undefined> | undefined;
  /** Values that the server takes for no secrets, of this page's life. */
  private readonly kept = new Set<string>();
  /** What is looked at while it is typed is sent as it is: it need not be gone through twice. */
  private last: { readonly raw: string; readonly removed: Promise<readonly Removed[]> } | undefined;

  constructor(private readonly api: Api) {}

  /** Resolves to nothing where it cannot be had now; the next call tries again. */
  load(): Promise<BrowserRedactor | undefined> {
    const { base } = this.api;
    this.loading ??= import(`${base}/redact.js`)
      .then((module: RedactModule) => module.loadRedactor(base))
      .catch(() => (this.loading = undefined));
    return this.loading;
  }

  async clean(raw: string): Promise<Cleaned> {
    const redactor = await this.load();
    const unclean = { text: raw, removed: [], redacted: false };
    if (redactor === undefined) return unclean;
    try {
      if (this.last?.raw !== raw) this.last = { raw, removed: this.removedFrom(redactor, raw) };
      const removed = (await this.last.removed).filter(({ start, end }) => !this.kept.has(raw.slice(start, end)));
      return { text: without(raw, removed), removed, redacted: true };
    } catch {
      // The rules refused it: then the server alone decides.
      this.last = undefined;
      return unclean;
    }
  }

  private async removedFrom(redactor: BrowserRedactor, raw: string): Promise<readonly Removed[]> {
    const { base } = this.api;
    if (!isLong(raw)) return redactor.redact(raw).removed;
    const { removed } = await import(`${base}/redact-aside.js`).then(
      ({ redactAside }: { redactAside: typeof RedactAside }) => redactAside(base, redactor, raw),
      // Not to be had just now: then it takes its time here.
      () => redactor.redact(raw),
    );
    return removed;
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
