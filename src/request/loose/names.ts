// What the loose readers know of an API, and words that speak of its headers.

import type { Value } from '../model';

/** What the description of an API gives for this. */
export interface LooseNames {
  /** Headers that matter, lower case. */
  readonly headers: readonly string[];
  readonly params: ReadonlySet<string>;
  readonly selector: readonly string[];
  isApi(host: string): boolean;
  /** A name that is meant to be one of the headers. */
  isHeader(name: string): boolean;
  /** A value as an expression of the snippet's language, null where it is not known. */
  render(value: Value, quote: string): string | null;
}

/** Words that say that a credential comes from somewhere. */
export const AUTH_WORD =
  /auth|credential|token|secret|password|passwd|login|\bapi_?key|\bsign|headers?\b(?=\s*[),}])|interceptor|middleware/i;

export const TYPE_WORD = /content.{0,3}type|\bjson\b|mime|media/i;
