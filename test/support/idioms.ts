// Idioms of HTTP clients, each right as it stands, and what happens to a request when one thing in it is changed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Idiom {
  /** `file: name`. */
  readonly name: string;
  /** With marks: `«a:…:a»` holds the credential's header, `«c:…:c»` the content type, `«p:…:p»` the parameter `year`. */
  readonly marked: string;
}

const FOLDER = join(__dirname, '../fixtures/request/idioms');

/** All idioms, by file. A line `=== name` begins one. */
export function idioms(): Idiom[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) =>
      readFileSync(join(FOLDER, file), 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf('\n');
          return { name: `${file.replace('.txt', '')}: ${part.slice(0, end)}`, marked: part.slice(end + 1).trimEnd() };
        }),
    );
}

/** The text as it is pasted. */
export function plain(marked: string): string {
  return marked.replace(/«\w:|:\w»/g, '');
}

/** The text without what a mark holds; null where it has no such mark. */
export function without(marked: string, mark: string): string | null {
  const re = new RegExp(`«${mark}:[\\s\\S]*?:${mark}»`, 'g');
  return re.test(marked) ? plain(marked.replace(re, '')).trimEnd() : null;
}

/** The text with one thing replaced; null where it is not there. */
function replaced(from: RegExp, to: string | ((found: string) => string)): (marked: string) => string | null {
  return (marked) => {
    const text = plain(marked);
    const out = typeof to === 'string' ? text.replace(from, to) : text.replace(from, (found) => to(found));
    return out === text ? null : out;
  };
}

/** Replaces inside the mark alone. */
function within(mark: string, from: RegExp, to: string): (marked: string) => string | null {
  return (marked) => {
    const re = new RegExp(`«${mark}:([\\s\\S]*?):${mark}»`, 'g');
    const out = marked.replace(re, (whole) => whole.replace(from, to));
    return out === marked ? null : plain(out);
  };
}

/** The credential among the parameters instead of in its header, written as the parameter `year` is. */
function placed(marked: string): string | null {
  const bare = marked.replace(/«p:([\s\S]*?):p»/g, (_whole, p: string) => p + asSecret(p));
  return bare === marked || !/«a:/.test(marked) ? null : without(bare, 'a');
}

function asSecret(param: string): string {
  const quote = /[&?]/.test(param) ? '' : (/(\\?["'`])1\1/.exec(param)?.[1] ?? (param.includes('\\"') ? '\\"' : '"'));
  return param
    .replace(/\byear\b/, 'api_secret')
    .replace(/(\\?["'`]?)1\1(?!.*\d)/, `${quote}[redacted:api-secret]${quote}`);
}

/** What opens a connection without TLS, in place of what opens one with it. */
function plainly(found: string): string {
  return found.startsWith('http.use_ssl')
    ? ''
    : found
        .replace(/^https/, 'http')
        .replace(/\bHTTPSConnection/, 'HTTPConnection')
        .replace(/\b443\b/, '80')
        .replace(/(import|const|var|let) https\b/, '$1 http');
}

export interface Change {
  readonly name: string;
  /** Findings that it makes, as `id` or `id(param)`. */
  readonly makes: readonly string[];
  apply(marked: string): string | null;
}

/** One fault each. */
export const FAULTS: readonly Change[] = [
  { name: 'no credential', makes: ['auth-missing'], apply: (m) => without(m, 'a') },
  { name: 'no content type', makes: ['content-type-missing'], apply: (m) => without(m, 'c') },
  { name: 'no year', makes: ['param-missing(year)'], apply: (m) => without(m, 'p') },
  { name: 'years', makes: ['param-name(year)'], apply: within('p', /\byear\b/, 'years') },
  { name: 'year 99', makes: ['param-value(year)'], apply: within('p', /1(?!.*1)/, '99') },
  { name: 'http', makes: ['scheme-http'], apply: replaced(/https:\/\/(?=api\.nicenic)/, 'http://') },
  { name: 'sandbox', makes: ['host-sandbox'], apply: replaced(/(?<![\w.])api\.nicenic\.net/g, 'sandbox-api.nicenic.net') },
  { name: 'other domain', makes: ['host-wrong'], apply: replaced(/api\.nicenic\.net/g, 'api.nicenic.com') },
  { name: 'no slash', makes: ['path-slash'], apply: replaced(/\/v2\/(?=["'`?])/, '/v2') },
  { name: 'old version', makes: ['path-version'], apply: replaced(/\/v2\//, '/v1/') },
  { name: 'misspelt header', makes: ['auth-name'], apply: within('a', /\bAuthorization\b/i, 'Authorisation') },
  { name: 'Bearer', makes: ['auth-scheme'], apply: replaced(/acme:\[redacted:api-secret\]/, 'Bearer [redacted:api-secret]') },
  { name: 'Basic', makes: ['auth-scheme'], apply: replaced(/acme:\[redacted:api-secret\]/, 'Basic [redacted:basic-auth]') },
  { name: 'secret alone', makes: ['auth-username'], apply: replaced(/acme:\[redacted:api-secret\]/, '[redacted:api-secret]') },
  { name: 'blank', makes: ['auth-whitespace'], apply: replaced(/acme:\[redacted:api-secret\]/, 'acme: [redacted:api-secret]') },
  { name: 'no secret', makes: ['auth-secret'], apply: replaced(/acme:\[redacted:api-secret\]/, 'acme:') },
  { name: 'placeholder', makes: ['auth-secret'], apply: replaced(/acme:\[redacted:api-secret\]/, 'acme:your_api_secret') },
  { name: 'text type', makes: ['content-type-wrong'], apply: replaced(/application\/json/, 'text/plain') },
  { name: 'hyphen type', makes: ['content-type-wrong'], apply: replaced(/application\/json/, 'application-json') },
  { name: 'credential as parameter', makes: ['auth-place'], apply: placed },
  { name: 'plain connection', makes: ['scheme-http'], apply: (m) => (/https\.get\('https:/.test(m) ? null : replaced(/\bHTTPSConnection\b|(?<=(?:require\(|from )'(?:node:)?)https(?=')[^]*(?=\bhttps\.)|(?<=\.scheme\(")https|^http\.use_ssl = true\n/m, plainly)(m)) },
  { name: 'wrong action', makes: ['param-name(action)'], apply: replaced(/\baction(?=["']?\s*(?:=|:|=>)\s*["']?get_price|", "get_price|', 'get_price)/, 'acton') },
]; // prettier-ignore

/** Changes that take nothing away. */
export const HARMLESS: readonly Change[] = [
  { name: 'as it is', makes: [], apply: plain },
  { name: 'charset', makes: [], apply: replaced(/application\/json/, 'application/json; charset=utf-8') },
  { name: 'lower-case header', makes: [], apply: within('a', /\bAuthorization\b/, 'authorization') },
  { name: 'secret with colons', makes: [], apply: replaced(/acme:\[redacted:api-secret\]/, 'acme:a:[redacted:api-secret]') },
  { name: 'indented', makes: [], apply: (m) => (/^(?:PS|GET|http|curl|===|#|\[|NIC)/.test(m) ? null : plain(m).replace(/^(?=.)/gm, '    ')) },
  { name: 'CRLF', makes: [], apply: (m) => plain(m).replace(/\n/g, '\r\n') },
  { name: 'fenced', makes: [], apply: (m) => `This is my call:\n\n\`\`\`\n${plain(m)}\n\`\`\`\n` },
  { name: 'prose around', makes: [], apply: (m) => `Hello, we get code 400 since yesterday with this:\n\n${plain(m)}\n\nCan you have a look?\n` },
  { name: 'told above', makes: [], apply: (m) => `I don't see what's wrong, it ran fine until last week.\n\n${plain(m)}\n\nThat's all there is.\n` },
]; // prettier-ignore

/** A snippet with the faults that one client makes possible. */
export interface ClientFault {
  readonly name: string;
  readonly ids: readonly string[];
  readonly text: string;
  /** No correction can be written yet. */
  readonly open: boolean;
  /** What no correction may still hold. */
  readonly gone: string | null;
}

/** All of them, by file. A line `=== name | ids` begins one; ` | open` behind it says that nothing is offered, ` | gone: WORDS` what the correction no longer holds. */
export function clientFaults(): ClientFault[] {
  const folder = join(__dirname, '../fixtures/request/faults');
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf('\n');
          const [name = '', ids = '', open] = part
            .slice(0, end)
            .split('|')
            .map((s) => s.trim());
          return {
            name,
            ids: ids.split(' '),
            text: part.slice(end + 1).trimEnd(),
            open: open === 'open',
            gone: /^gone: (.+)$/.exec(open ?? '')?.[1] ?? null,
          };
        }),
    );
}
