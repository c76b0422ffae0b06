// What the form asks the service for. Nothing here throws: without an answer the form is as good as it was.
import type { loadRedactor as LoadRedactor, BrowserRedactor } from '../redact/redact';

export interface FormTexts {
  readonly language: string;
  readonly form: Readonly<Record<string, string>>;
  /** Label and question by field key. */
  readonly fields: Readonly<Record<string, { readonly label: string; readonly question: string }>>;
  /** Names of the kinds of credentials. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Hosts that may be shown as links. */
  readonly hosts: readonly string[];
  /** Field keys that a triage takes. */
  readonly keys: readonly string[];
}

export interface Triage {
  readonly cause: string | null;
  readonly causes: readonly { readonly id: string; readonly title: string }[];
  readonly fixes: readonly string[];
  readonly fields: Readonly<Record<string, string | null>>;
  readonly missing: readonly string[];
  readonly draft: { readonly subject: string; readonly body: string };
}

export interface TriageRequest {
  readonly text: string;
  readonly language?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const LONGEST_MS = 8000;
const REST_MS = 10_000;

export interface FormService {
  readonly base: string;
  texts(language: string): Promise<FormTexts | undefined>;
  /** The redactor as soon as it is there; loading begins with the first call. */
  redactor(): Promise<BrowserRedactor | undefined>;
  /** Takes redacted text only. */
  triage(request: TriageRequest, signal: AbortSignal): Promise<Triage | undefined>;
}

/** `base`: origin of the service. */
export function createFormService(base: string): FormService {
  const known = new Map<string, Promise<FormTexts | undefined>>();
  let redactor: Promise<BrowserRedactor | undefined> | undefined;
  let quietUntil = 0;
  const json = async (path: string, init: RequestInit): Promise<unknown> => {
    try {
      const response = await fetch(base + path, { credentials: 'omit', ...init });
      if (response.ok) return await response.json();
      // Told to wait: asking again at once would only cost both sides.
      if (response.status === 429 || response.status === 503)
        quietUntil = Date.now() + (Number(response.headers.get('retry-after')) * 1000 || REST_MS);
    } catch {
      return undefined;
    }
    return undefined;
  };
  return {
    base,
    texts(language) {
      let texts = known.get(language);
      if (texts === undefined) {
        const query = language === '' ? '' : `?lang=${encodeURIComponent(language)}`;
        texts = json(`/form.json${query}`, {}) as Promise<FormTexts | undefined>;
        known.set(language, texts);
        void texts.then((got) => got ?? known.delete(language));
      }
      return texts;
    },
    redactor() {
      redactor ??= (import(`${base}/redact.js`) as Promise<{ loadRedactor: typeof LoadRedactor }>)
        .then(({ loadRedactor }) => loadRedactor(base))
        .catch(() => (redactor = undefined));
      return redactor;
    },
    async triage(request, signal) {
      if (Date.now() < quietUntil) return undefined;
      return (await json('/v1/triage', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        cache: 'no-store',
        referrerPolicy: 'origin',
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      })) as Triage | undefined;
    },
  };
}
