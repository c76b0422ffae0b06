// How a header is set on a request object of a client, by the statement that makes the object: what is written where no other header shows it.

import { lineStartAt } from '../lines';
import type { Edit, Span } from '../model';

interface Maker {
  /** The statement to its end; the first group is the object's name, where it has one. */
  readonly made: RegExp;
  /** `NAME` and `VALUE` are the header's, as expressions; `$1` is the object. */
  readonly header: string;
  /** `line`: a statement below; `step`: right behind, in the chain; `block`: first line of the block that opens there. */
  readonly place: 'line' | 'step' | 'block';
  /** Strings stand in single quotes, whatever the language was taken for. */
  readonly single?: boolean;
}

const ARGS = String.raw`\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,200}\)){0,200}\)){0,400}\)`;
const makers = (made: string, header: string, place: Maker['place'] = 'line', single = false): Maker => ({
  made: new RegExp(made.replaceAll('ARGS', ARGS), 'g'),
  header,
  place,
  single,
});

const MAKERS: readonly Maker[] = [
  makers(String.raw`\b(\w+) = new HttpRequestMessage(?:ARGS)?(?:\s*\{[^{}]*\})?;`, '$1.Headers.TryAddWithoutValidation(NAME, VALUE);'),
  makers(String.raw`\b(\w+) = new RestRequest(?:ARGS)?;`, '$1.AddHeader(NAME, VALUE);'),
  makers(String.raw`\b(\w+) = (?:\(HttpWebRequest\)\s*)?(?:Http)?WebRequest\.Create(?:Http)?ARGS;`, '$1.Headers[NAME] = VALUE;'),
  makers(String.raw`\b(\w+) = new HttpClient(?:ARGS)?(?:\s*\{[^{}]*\})?;`, '$1.DefaultRequestHeaders.TryAddWithoutValidation(NAME, VALUE);'),
  makers(String.raw`\bHttpHeaders (\w+) = new HttpHeadersARGS;`, '$1.set(NAME, VALUE);'),
  makers(String.raw`\b(\w+) = new Http(?:Get|Post|Put)ARGS;`, '$1.setHeader(NAME, VALUE);'),
  makers(String.raw`\b(\w+) = \(Https?URLConnection\) [^;\n]{1,200};`, '$1.setRequestProperty(NAME, VALUE);'),
  makers(String.raw`\bHttpRequest\.newBuilder(?:ARGS)?`, '.header(NAME, VALUE)', 'step'),
  makers(String.raw`\bRequest\.BuilderARGS`, '.header(NAME, VALUE)', 'step'),
  makers(String.raw`\b(\w+), \w+ :?= http\.NewRequest(?:WithContext)?ARGS`, '$1.Header.Set(NAME, VALUE)'),
  makers(String.raw`\b(\w+) = Net::HTTP::(?:Get|Post)\.newARGS`, '$1[NAME] = VALUE'),
  makers(String.raw`\b(\w+) = (?:urllib\.request\.)?RequestARGS`, '$1.add_header(NAME, VALUE)'),
  makers(String.raw`(\$\w+) = HTTP::Request->new(?:ARGS|\([^;]{0,600}?\));`, '$1->header(NAME => VALUE);'),
  makers(String.raw`\bvar (\w+) = URLRequestARGS`, '$1.setValue(VALUE, forHTTPHeaderField: NAME)'),
  makers(String.raw`\b(\w+)\.openARGS;`, '$1.setRequestHeader(NAME, VALUE);'),
  makers(String.raw`\b\w+\.(?:get|post|request)(?:<\w+>)?ARGS \{(?=[ \t]*\n)`, 'header(NAME, VALUE)', 'block'),
  makers(String.raw`\b(\w+) := TIdHTTP\.CreateARGS;`, '$1.Request.CustomHeaders.AddValue(NAME, VALUE);', 'line', true),
  makers(String.raw`\b(\w+) := THTTPClient\.Create(?:ARGS)?;`, '$1.CustomHeaders[NAME] := VALUE;', 'line', true),
]; // prettier-ignore

/**
 * Edits that set a header on the last request object that a stretch makes; null where it makes none that is known.
 * @param value the header's value as an expression of the snippet's language
 */
export function writeStatement(text: string, scope: Span, name: string, value: string): Edit[] | null {
  const source = text.slice(scope.start, scope.end);
  for (const maker of MAKERS) {
    const found = [...source.matchAll(maker.made)].at(-1);
    if (found === undefined) continue;
    const end = scope.start + found.index + found[0].length;
    const quote = maker.single === true ? "'" : '"';
    const expression = maker.single === true ? value.replace(/"/g, "'") : value;
    const header = maker.header
      .replace('$1', () => found[1] ?? '')
      .replace('NAME', () => quote + name + quote)
      .replace('VALUE', () => expression);
    if (maker.place === 'step') return [{ start: end, end, text: header }];
    const indent = /^[ \t]*(?:>>> )?/.exec(text.slice(lineStartAt(text, scope.start + found.index), end))?.[0] ?? '';
    const deeper = maker.place === 'block' ? nextIndent(text, end, indent) : indent;
    return [{ start: end, end, text: `\n${deeper}${header}` }];
  }
  return null;
}

function nextIndent(text: string, at: number, indent: string): string {
  return /^[ \t]*\n([ \t]+)\S/.exec(text.slice(at, at + 200))?.[1] ?? `${indent}    `;
}
