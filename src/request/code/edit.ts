// How headers, credentials and parameters are written into a snippet, in its own language and the person's own style.

import { lineStartAt } from '../lines';
import type { Edit, Param, Span, Value } from '../model';
import { joinValues, literalValueOf } from '../value';
import type { Language } from './language';
import { literal, render } from './render';
import type { ListThing, MapThing, ObjectThing, Thing } from './things';

/** A call or assignment that sets one header or parameter. */
export interface SetDeed {
  readonly at: Span;
  readonly key: Thing;
  readonly value: Span;
}

export class CodeEditor {
  /** Containers that were seen, as patterns to follow and places to write to. */
  headers: MapThing | ListThing | null = null;
  headerDeed: SetDeed | null = null;
  options: MapThing | null = null;
  queryMap: MapThing | null = null;
  bodyMap: MapThing | null = null;
  paramDeed: SetDeed | null = null;
  sender: ObjectThing | null = null;
  private readonly quote: string;

  constructor(
    readonly text: string,
    readonly language: Language,
  ) {
    const single =
      language === 'php' ||
      language === 'js' ||
      language === 'python' ||
      language === 'ruby' ||
      language === 'powershell';
    this.quote = single && count(text, "'") > count(text, '"') ? "'" : '"';
  }

  render(value: Value): string {
    return render(value, this.language, this.quote);
  }

  /** The value in place of the expression that stands there. */
  expression(place: Span, value: Value): Edit[] {
    return [{ start: place.start, end: place.end, text: this.render(value) }];
  }

  headerKey(key: Thing, name: string): Edit[] {
    if (key.kind !== 'text') return [{ start: key.start, end: key.end, text: literal(name, this.quote) }];
    const [first] = key.value.pieces;
    const last = key.value.pieces.at(-1);
    if (first === undefined || last === undefined) return [];
    const bare = !/["'`:]/.test(this.text.slice(first.start - 1, first.start)) && this.text[first.start] !== '"';
    return [
      { start: first.start, end: last.end, text: bare && !/^\w+$/.test(name) ? literal(name, this.quote) : name },
    ];
  }

  /** A header line inside a longer string. */
  inLine(part: Span, name: string, value: Value): Edit[] | null {
    if (value.pieces.some((p) => p.kind === 'variable')) return null;
    return [{ start: part.start, end: part.end, text: `${name}: ${value.pieces.map((p) => p.text).join('')}` }];
  }

  private line(name: string, value: Value): string {
    return this.render(joinValues([literalValueOf(`${name}: `, value), value], value.start, value.end));
  }

  private pair(name: string, value: Value, separator: string): string {
    const bare = this.language === 'powershell' && /^\w+$/.test(name);
    const key = bare ? name : literal(name, this.quote);
    const sep =
      separator === ''
        ? this.language === 'php' || this.language === 'ruby'
          ? '=>'
          : this.language === 'powershell'
            ? '='
            : ':'
        : separator;
    return `${key}${sep === ':' ? ': ' : sep === ',' ? ', ' : ` ${sep} `}${this.render(value)}`;
  }

  private collection(name: string, value: Value, lines: boolean): string {
    if (lines) return `[${this.line(name, value)}]`;
    const inner = this.pair(name, value, '');
    return this.language === 'php'
      ? `[${inner}]`
      : this.language === 'python'
        ? `{${inner}}`
        : this.language === 'powershell'
          ? `@{ ${inner} }`
          : `{ ${inner} }`;
  }

  /** Writes a header where the others stand. */
  addHeader(name: string, value: Value): Edit[] | null {
    const { headers, headerDeed } = this;
    if (headers?.literal !== undefined && headers.literal !== null) {
      const item =
        headers.kind === 'map'
          ? headers.separator === ','
            ? `{ ${this.pair(name, value, ',')} }`
            : this.pair(name, value, headers.separator)
          : this.line(name, value);
      return [
        this.append(headers.literal, item, headers.kind === 'map' ? headers.entries.length : headers.items.length),
      ];
    }
    if (headerDeed !== null)
      return this.repeat(
        headerDeed,
        literal(
          name,
          this.language === 'go' || this.language === 'java' || this.language === 'csharp' ? '"' : this.quote,
        ),
        this.render(value),
      );
    return this.openHeaders(name, value);
  }

  /** A container where there was none. */
  private openHeaders(name: string, value: Value): Edit[] | null {
    const { options, sender } = this;
    const curl = /curl_/.test(this.text) && this.language === 'php';
    if (curl) {
      if (options?.literal !== undefined && options.literal !== null)
        return [
          this.append(
            options.literal,
            `CURLOPT_HTTPHEADER => ${this.collection(name, value, true)}`,
            options.entries.length,
          ),
        ];
      const exec = /([$]\w+)\s*,\s*CURLOPT_/.exec(this.text)?.[1] ?? /curl_exec\(\s*(\$\w+)/.exec(this.text)?.[1];
      const at = /^.*curl_exec\s*\(/m.exec(this.text);
      if (exec === undefined || at === null) return null;
      const indent = /^[ \t]*/.exec(at[0])?.[0] ?? '';
      return [
        {
          start: at.index,
          end: at.index,
          text: `${indent}curl_setopt(${exec}, CURLOPT_HTTPHEADER, ${this.collection(name, value, true)});\n`,
        },
      ];
    }
    if (options?.literal !== undefined && options.literal !== null) {
      const key = this.text.slice(options.entries[0]?.start ?? 0, (options.entries[0]?.start ?? 0) + 1);
      const quoted = key === "'" || key === '"';
      const word = quoted || this.language === 'php' ? literal('headers', this.quote) : 'headers';
      return [
        this.append(
          options.literal,
          `${word}${this.language === 'php' ? ' => ' : ': '}${this.collection(name, value, false)}`,
          options.entries.length,
        ),
      ];
    }
    if (sender === null || this.text[sender.close] !== ')') return null;
    const glue = this.text
      .slice(Math.max(0, sender.close - 200), sender.close)
      .trimEnd()
      .endsWith('(')
      ? ''
      : ', ';
    if (this.language === 'python')
      return [
        { start: sender.close, end: sender.close, text: `${glue}headers=${this.collection(name, value, false)}` },
      ];
    if (this.language === 'js' && /^(?:fetch|get|got|request)$/.test(sender.name))
      return [
        { start: sender.close, end: sender.close, text: `${glue}{ headers: ${this.collection(name, value, false)} }` },
      ];
    if (this.language === 'ruby' && /HTTParty/.test(sender.path))
      return [
        { start: sender.close, end: sender.close, text: `${glue}headers: ${this.collection(name, value, false)}` },
      ];
    return null;
  }

  private append(place: Span, item: string, size: number): Edit {
    const inside = this.text.slice(place.start, place.end);
    const multi = inside.includes('\n');
    const indent = multi ? (/\n([ \t]*)\S[^\n]*$/.exec(inside)?.[1] ?? '  ') : '';
    if (size === 0) return { start: place.end, end: place.end, text: ` ${item} ` };
    const separator = this.language === 'powershell' ? (multi ? '' : ';') : ',';
    // A trailing comma behind the last entry stays where it is and closes the new one.
    return { start: place.end, end: place.end, text: `${separator}${multi ? `\n${indent}` : ' '}${item}` };
  }

  private repeat(deed: SetDeed, key: string, value: string): Edit[] | null {
    const { at } = deed;
    const whole = this.text.slice(at.start, at.end);
    const [k, v] = [this.within(deed.key, at), this.within(deed.value, at)];
    if (k === null || v === null || k.end > v.start) return null;
    const copy =
      this.text.slice(at.start, k.start) +
      key +
      this.text.slice(k.end, v.start) +
      value +
      this.text.slice(v.end, at.end);
    const lineStart = lineStartAt(this.text, at.start);
    // Inside a chain only the last step is repeated.
    const step = /(\s*)(\.|->|\?\.)\s*[\w:]+\s*\($/.exec(this.text.slice(at.start, k.start));
    const before = step === null ? '' : this.text.slice(at.start, k.start - step[0].length);
    if (step !== null && /[()]/.test(before)) {
      const from = k.start - step[0].length;
      return [
        {
          start: at.end,
          end: at.end,
          text:
            this.text.slice(from, k.start) +
            key +
            this.text.slice(k.end, v.start) +
            value +
            this.text.slice(v.end, at.end),
        },
      ];
    }
    if (whole.includes('\n') && whole.length > 400) return null;
    const indent = /^[ \t]*(?:>>> |\.\.\. )?/.exec(this.text.slice(lineStart, at.start))?.[0] ?? '';
    const end = this.text[at.end] === ';' ? at.end + 1 : at.end;
    return [{ start: end, end, text: `\n${indent}${copy}${end > at.end ? ';' : ''}` }];
  }

  private within(part: Span, whole: Span): Span | null {
    return part.start >= whole.start && part.end <= whole.end ? part : null;
  }

  /** A raw header in place of a client's own kind of credential. */
  replaceAuth(at: Span, name: string, value: Value): Edit[] | null {
    const source = this.text.slice(at.start, at.end);
    const inOptions =
      this.options !== null && this.options.entries.some((e) => e.start === at.start && e.end === at.end);
    const curl = /CURLOPT_/.test(source);
    if (
      this.headers?.literal !== undefined &&
      this.headers.literal !== null &&
      !this.inside(this.headers.literal, at)
    ) {
      const added = this.addHeader(name, value);
      const removed =
        inOptions && this.options !== null ? this.removeEntry(at, this.options) : this.removeStatement(at);
      return added === null ? null : [...removed, ...added];
    }
    if (curl && inOptions)
      return [{ start: at.start, end: at.end, text: `CURLOPT_HTTPHEADER => ${this.collection(name, value, true)}` }];
    if (curl)
      return [
        {
          start: at.start,
          end: at.end,
          text: source.replace(
            /CURLOPT_[A-Z0-9_]+[\s\S]*$/,
            `CURLOPT_HTTPHEADER, ${this.collection(name, value, true)})`,
          ),
        },
      ];
    if (inOptions) {
      const quoted = /^["']/.test(source);
      return [
        {
          start: at.start,
          end: at.end,
          text: `${quoted ? literal('headers', source[0] ?? "'") : 'headers'}${source.includes('=>') ? ' => ' : ': '}${this.collection(name, value, false)}`,
        },
      ];
    }
    if (/^auth\s*=/.test(source))
      return [{ start: at.start, end: at.end, text: `headers=${this.collection(name, value, false)}` }];
    if (/^[a-z_]*auth:\s/i.test(source))
      return [{ start: at.start, end: at.end, text: `headers: ${this.collection(name, value, false)}` }];
    return this.rewrite(at, source, name, value);
  }

  private rewrite(at: Span, source: string, name: string, value: Value): Edit[] | null {
    const e = this.render(value);
    const n = literal(
      name,
      this.language === 'php' || this.language === 'ruby' || this.language === 'js' ? this.quote : '"',
    );
    const done = (text: string): Edit[] => [{ start: at.start, end: at.end, text }];
    const call = /^([\s\S]*?)(\.|->|::|\?\.)(\s*)(\w*(?:basic|bearer|token|digest|auth|credential)\w*)\s*\(/i.exec(
      source,
    );
    switch (this.language) {
      case 'go':
        if (call !== null) return done(`${call[1] ?? ''}.Header.Set(${n}, ${e})`);
        break;
      case 'java':
      case 'kotlin':
        if (call !== null)
          return this.lastStep(
            at,
            source,
            /^(?:h|headers?|httpHeaders)$/i.test((call[1] ?? '').trim()) ? 'set' : 'header',
            `${n}, ${e}`,
          );
        break;
      case 'php':
        if (call !== null) return this.lastStep(at, source, 'withHeaders', `[${n} => ${e}]`);
        break;
      case 'ruby': {
        const ruby = /^(.*?)\.\w*auth\w*/.exec(source);
        if (ruby !== null) return done(`${ruby[1] ?? ''}[${n}] = ${e}`);
        break;
      }
      case 'js':
        if (call !== null) return this.lastStep(at, source, 'set', `${n}, ${e}`);
        break;
      case 'python': {
        const assigned = /^([\w.]+)\.auth\s*=/.exec(source);
        if (assigned !== null) return done(`${assigned[1] ?? ''}.headers[${n}] = ${e}`);
        break;
      }
      case 'csharp': {
        const assigned = /^([\s\S]*?Headers)\.Authorization\s*=/.exec(source);
        if (assigned !== null) return done(`${assigned[1] ?? ''}.TryAddWithoutValidation(${n}, ${e})`);
        const lineStart = lineStartAt(this.text, at.start);
        const statement = /([\w.]+Headers)\.Authorization\s*=\s*$/.exec(this.text.slice(lineStart, at.start));
        if (statement !== null)
          return [
            {
              start: at.start - statement[0].length,
              end: at.end,
              text: `${statement[1] ?? ''}.TryAddWithoutValidation(${n}, ${e})`,
            },
          ];
        break;
      }
      case 'powershell': {
        const option = /^-Credential\b/i.test(source) || /^-Authentication\b/i.test(source);
        if (option) return done(`-Headers ${this.collection(name, value, false)}`);
        break;
      }
      default:
    }
    return null;
  }

  /** Renames the last call of a chain that `at` covers. */
  private lastStep(at: Span, source: string, name: string, args: string): Edit[] {
    const m = /^([\s\S]*)(\.|->|::)(\s*)(\w*(?:basic|bearer|token|digest|auth|credential)\w*)\s*\([\s\S]*\)$/i.exec(
      source,
    );
    if (m === null) return [];
    return [
      { start: at.start + (m[1] ?? '').length, end: at.end, text: `${m[2] ?? '.'}${m[3] ?? ''}${name}(${args})` },
    ];
  }

  private inside(outer: Span, inner: Span): boolean {
    return inner.start >= outer.start && inner.end <= outer.end;
  }

  removeEntry(at: Span, map: MapThing): Edit[] {
    if (map.literal === null) return this.removeStatement(at);
    const behind = /^\s*[,;]\s*/.exec(this.text.slice(at.end, at.end + 200));
    if (behind !== null && at.end < map.literal.end)
      return [{ start: at.start, end: at.end + behind[0].length, text: '' }];
    const before = /[,;\n]\s*$/.exec(this.text.slice(Math.max(0, at.start - 200), at.start));
    return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
  }

  removeStatement(at: Span): Edit[] {
    const lineStart = lineStartAt(this.text, at.start);
    const rest = /^[ \t]*[;,]?[ \t]*(?:(?:\/\/|#)[^\n]*)?(?:\n|$)/.exec(this.text.slice(at.end, at.end + 200));
    if (/^[ \t]*$/.test(this.text.slice(lineStart, at.start)) && rest !== null)
      return [{ start: lineStart, end: Math.min(this.text.length, at.end + rest[0].length), text: '' }];
    const comma = /^\s*,\s*/.exec(this.text.slice(at.end, at.end + 200));
    if (comma !== null) return [{ start: at.start, end: at.end + comma[0].length, text: '' }];
    const before = /,\s*$/.exec(this.text.slice(Math.max(0, at.start - 200), at.start));
    return [{ start: at.start - (before?.[0].length ?? 0), end: at.end, text: '' }];
  }

  withoutValidation(at: Span): Edit[] {
    const source = this.text.slice(at.start, at.end);
    const m = /\.\s*Add(?=\s*\()/.exec(source);
    return m === null
      ? []
      : [{ start: at.start + m.index, end: at.start + m.index + m[0].length, text: '.TryAddWithoutValidation' }];
  }

  /** The same parameters as a JSON body. */
  jsonBody(at: Span, key: string, thing: Thing): Edit[] | null {
    const source = this.text.slice(at.start, at.end);
    const named = /^(["']?)(form_params|form|multipart|data|body)\1(?=\s*(?:=>|=|:))/.exec(source);
    const wrap =
      this.language === 'php'
        ? 'json_encode'
        : this.language === 'js'
          ? 'JSON.stringify'
          : this.language === 'python'
            ? 'json.dumps'
            : null;
    if (named !== null && key !== '' && !(this.language === 'js' && /fetch/.test(this.text)))
      return [{ start: at.start, end: at.start + named[0].length, text: `${named[1] ?? ''}json${named[1] ?? ''}` }];
    if (this.language === 'php' && /Http::/.test(this.text)) {
      const as = /->asForm\(\)|asForm\(\)->/.exec(this.text);
      return as === null ? null : [{ start: as.index, end: as.index + as[0].length, text: '' }];
    }
    if (wrap === null) return null;
    const inner =
      thing.kind === 'object' && thing.origin === 'made' && thing.given.length === 1 ? thing.given[0] : undefined;
    if (inner !== undefined)
      return [{ start: thing.start, end: thing.end, text: `${wrap}(${this.text.slice(inner.start, inner.end)})` }];
    const place = thing.start >= at.start && thing.end <= at.end ? thing : null;
    return place === null
      ? null
      : [{ start: place.start, end: place.end, text: `${wrap}(${this.text.slice(place.start, place.end)})` }];
  }

  /** Writes a parameter where the others stand. */
  addParam(query: readonly Param[], name: string, value: string): Edit[] | null {
    const map = this.queryMap ?? this.bodyMap;
    const v = literalValueOf(value, { start: 0, end: 0 });
    if (map?.literal !== undefined && map.literal !== null && map.entries.length > 0) {
      const first = map.entries[0];
      const bare = first !== undefined && /\w/.test(this.text[first.start] ?? '');
      const sep = map.separator === '' ? ':' : map.separator;
      const number = /^\d+$/.test(value) && this.language !== 'go';
      const rendered = number ? value : this.render(v);
      const joined = sep === ':' ? ': ' : sep === ',' ? ', ' : ` ${sep} `;
      const key = bare ? name : literal(name, this.quote);
      const go =
        this.language === 'go' && /\{\s*\{|:\s*\{/.test(this.text.slice(map.literal.start, map.literal.end))
          ? `{${rendered}}`
          : rendered;
      const bracket =
        this.language === 'csharp' && this.text[first?.start ?? 0] === '['
          ? `[${literal(name, '"')}] = ${rendered}`
          : `${key}${joined}${go}`;
      return [this.append(map.literal, bracket, map.entries.length)];
    }
    const last = query.at(-1);
    if (last !== undefined && this.paramDeed === null)
      return [{ start: last.end, end: last.end, text: `&${name}=${value}` }];
    if (this.paramDeed !== null) return this.repeat(this.paramDeed, literal(name, this.quote), this.render(v));
    return null;
  }
}

function count(text: string, c: string): number {
  let n = 0;
  for (let i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) n++;
  return n;
}
