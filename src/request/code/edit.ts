// How headers, credentials and parameters are written into a snippet, in its own language and the person's own style.

import type { Edit, Param, Span, Value } from '../model';
import { appendItem, repeatDeed } from './edit/containers';
import { replaceAuth } from './edit/credentials';
import type { Editing, Opened, SetDeed } from './edit/editing';
import { addHeader, collectionOf, writeHeaderKey, writeInLine } from './edit/headers';
import { addParam, writeJsonBody } from './edit/params';
import { removeEntry, removeStatement, withoutValidation } from './edit/removals';
import type { Language } from './language';
import { render } from './render';
import type { ListThing, MapThing, ObjectThing, Thing } from './things';

function count(text: string, c: string): number {
  let n = 0;
  for (let i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) n++;
  return n;
}

export class CodeEditor implements Editing {
  /** Containers that were seen, as patterns to follow and places to write to. */
  headers: MapThing | ListThing | null = null;
  headerDeed: SetDeed | null = null;
  options: MapThing | null = null;
  queryMap: MapThing | null = null;
  bodyMap: MapThing | null = null;
  paramDeed: SetDeed | null = null;
  typeDeed: (Span & { readonly nameStart: number }) | null = null;
  sender: ObjectThing | null = null;
  opened: Opened | null = null;
  readonly quote: string;
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

  append(place: Span, item: string, size: number): Edit {
    return appendItem(this, place, item, size);
  }

  repeat(deed: SetDeed, key: string, value: string): Edit[] | null {
    return repeatDeed(this, deed, key, value);
  }

  addHeader(name: string, value: Value): Edit[] | null {
    return addHeader(this, name, value);
  }

  removeEntry(at: Span, map: MapThing): Edit[] {
    return removeEntry(this, at, map);
  }

  removeStatement(at: Span): Edit[] {
    return removeStatement(this, at);
  }

  collection(name: string, value: Value, lines: boolean): string {
    return collectionOf(this, [{ name, value }], lines);
  }

  headerKey(key: Thing, name: string): Edit[] {
    return writeHeaderKey(this, key, name);
  }

  inLine(part: Span, name: string, value: Value): Edit[] | null {
    return writeInLine(part, name, value);
  }

  replaceAuth(at: Span, name: string, value: Value): Edit[] | null {
    return replaceAuth(this, at, name, value);
  }

  withoutValidation(at: Span): Edit[] {
    return withoutValidation(this, at);
  }

  jsonBody(at: Span, key: string, thing: Thing): Edit[] | null {
    return writeJsonBody(this, at, key, thing);
  }

  addParam(query: readonly Param[], name: string, value: string): Edit[] | null {
    return addParam(this, query, name, value);
  }
}
