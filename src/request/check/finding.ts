// A fault with its place and the edits that mend it.

import type { Edit, Span } from '../model';

/** A fault of one request. Its words are looked up by `id`. */
export interface RequestFinding extends Span {
  readonly id: string;
  /** Cause that the fault speaks for, from the API description. */
  readonly cause: string;
  readonly quote: string;
  /** Right name of the parameter concerned. */
  readonly param?: string;
  /** Right form in a few characters (a host, a name, a media type), language-free; absent where there is none. */
  readonly suggestion?: string;
  /** Index into the requests that were checked. */
  readonly request: number;
  /** What mends it; null where nothing can be written. */
  readonly edits: readonly Edit[] | null;
}

/** What a check reports, before the text and the description are applied. */
export interface Fault extends Span {
  readonly id: string;
  readonly param?: string;
  readonly suggestion?: string;
  readonly edits: readonly Edit[] | null;
}
