// One model for a request in whatever syntax it was pasted. Offsets are UTF-16 units into the redacted text. Imports nothing that runs.

import type { Reply } from './responses';

/** A stretch of the redacted text, `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Names of the syntaxes that are told apart; they are shown to nobody and decide which defaults and which spelling apply. */
export type Syntax =
  | 'curl'
  | 'curl-verbose'
  | 'raw-http'
  | 'wire-log'
  | 'http-file'
  | 'wget'
  | 'httpie'
  | 'powershell'
  | 'code'
  | 'postman-json'
  | 'har'
  | 'json-dump'
  | 'php-dump'
  | 'module-log'
  | 'env-file'
  | 'nginx-conf'
  | 'described'
  | 'log-line';

/** What kind of thing a piece of a value is. `text` is known, all others only by their name. */
export type PieceKind = 'text' | 'variable' | 'secret' | 'mask';

/** A piece of a value that is put together: literal text, a variable nobody can see into, a removed secret, or a mask (`****`). */
export interface Piece extends Span {
  readonly kind: PieceKind;
  /** `text`: decoded characters; `variable`: its name or expression as written; `secret`: the placeholder; `mask`: as written. */
  readonly text: string;
}

/** A value with its provenance. */
export interface Value extends Span {
  readonly pieces: readonly Piece[];
  /** Names of functions it went through, outermost first, lower case (`base64encode`, `urlencode`, `trim`). */
  readonly via: readonly string[];
  /** Nothing of it is a variable, mask or cut off. */
  readonly known: boolean;
}

export interface RequestUrl extends Span {
  /** The whole as written, variables as `{name}`. */
  readonly text: string;
  readonly value: Value;
  /** Lower case without colon, null where the text does not say. */
  readonly scheme: string | null;
  /** Where scheme stands, or where the URL begins. */
  readonly schemeSpan: Span;
  /** The scheme is the client's default, not written. */
  readonly schemeImplied: boolean;
  /** Lower case, without user info and port; null where it is a variable or not written. */
  readonly host: string | null;
  readonly hostSpan: Span;
  readonly port: string | null;
  /** Where the port stands, null where none is written. */
  readonly portSpan: Span | null;
  /** Path as it goes out, `/` where none; null where it cannot be told. */
  readonly path: string | null;
  readonly pathSpan: Span;
  /** User info before `@` as written, null where none. */
  readonly userinfo: Span | null;
}

/** A replacement of `text.slice(start, end)`. */
export interface Edit extends Span {
  readonly text: string;
}

export interface Header extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
  /** Edits that make it read so, in its own syntax; null where that cannot be written. */
  write(name: string, value: Value): readonly Edit[] | null;
}

/** A parameter of the query or body. */
export interface Param extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
  readonly in: 'query' | 'body';
  /** Edits that take it out with its separator; null where that cannot be written. */
  remove(): readonly Edit[] | null;
}

export interface Body extends Span {
  /** How it is encoded on the wire; `unknown` where nothing tells. */
  readonly encoding: 'json' | 'form' | 'multipart' | 'text' | 'empty' | 'unknown';
  /** Literal text of the body and its span, where it is written as text. */
  readonly literal: (Span & { readonly text: string; readonly value: Value }) | null;
  /** The quote in which that text stands, '' where it stands in none. */
  readonly quote?: string;
  /** All its parameters are in view. */
  readonly complete: boolean;
  /** Edits that send this JSON instead, or (null) the same parameters as JSON; absent where that cannot be written. */
  readonly write?: (json: string | null) => readonly Edit[] | null;
}

/** Ways for a credential to reach the wire by a client's own option, not by a header that is written. */
export type CredentialRole = 'basic' | 'bearer' | 'digest' | 'userinfo' | 'proxy' | 'other';

/** The construct as a whole (`-u acme:…`, `auth=(u, p)`), what a finding quotes. */
export interface Credential extends Span {
  readonly role: CredentialRole;
  readonly user: Value | null;
  readonly secret: Value | null;
  /** Edits that put a header in its place; null where that cannot be written. */
  write(name: string, value: Value): readonly Edit[] | null;
}

/** A fault that only the parser of a syntax can see (a header that never leaves, a command that the shell cuts). */
export interface SyntaxFault extends Span {
  readonly kind:
    | 'shell-cut'
    | 'header-not-sent'
    | 'header-empty'
    | 'header-disabled'
    | 'header-whitespace'
    | 'body-reencoded'
    | 'secret-empty';
  /** Name of the header or parameter concerned, where it is one. */
  readonly name?: string;
  readonly edits?: readonly Edit[];
}

export interface ParsedRequest extends Span {
  readonly syntax: Syntax;
  /** Client or library, lower case, where it is known (`curl`, `requests`, `guzzle`, `okhttp`). */
  readonly client: string | null;
  /** Upper case; null where it cannot be told. */
  readonly method: string | null;
  readonly url: RequestUrl | null;
  readonly headers: readonly Header[];
  /** True where every header that goes out is in view: a missing one is really missing. */
  readonly headersComplete: boolean;
  /** Where a missing header would belong. */
  readonly headerPlace: Span;
  readonly query: readonly Param[];
  /** Every parameter of query and body is in view. */
  readonly paramsComplete: boolean;
  readonly body: Body | null;
  readonly bodyParams: readonly Param[];
  /** Value of Content-Type that goes out without being written (a client's default), null where none or not known. */
  readonly impliedContentType: string | null;
  readonly credentials: readonly Credential[];
  readonly faults: readonly SyntaxFault[];
  /** Replies that belong to it, in order. */
  readonly replies: readonly Reply[];
  /** Edits that write another header into it. */
  addHeader(name: string, value: Value): readonly Edit[] | null;
  /** Edits that write another parameter where the others stand. */
  addParam(name: string, value: string): readonly Edit[] | null;
  /** Places that say the same twice: what is written in one is written in the other. */
  readonly mirrors: readonly { readonly span: Span; readonly also: Span }[];
  /** Edits that a copy needs in any case (continuation prompts taken out). */
  readonly tidy: readonly Edit[];
}

/** Text of a value as far as it is known; variables as `{name}`, secrets and masks as they stand. */
export function valueText(value: Value): string {
  let out = '';
  for (const p of value.pieces) out += p.kind === 'variable' ? `{${p.text}}` : p.text;
  return out;
}

/** A value that is nothing but literal text. */
export function literalValue(text: string, start: number, end: number): Value {
  return { pieces: text === '' ? [] : [{ kind: 'text', text, start, end }], via: [], known: true, start, end };
}
