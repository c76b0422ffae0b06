// The branded type that all stages after redaction take, and the shape facts that redaction leaves behind.

declare const brand: unique symbol;

/** Text in which every recognised credential is a placeholder `[redacted:KIND]`. Only `src/redact` makes it. */
export type Redacted = string & { readonly [brand]: 'redacted' };

/** Where a removed value stood: the carrier whose grammar gave its extent. */
export type Carrier =
  | 'header'
  | 'url-userinfo'
  | 'query'
  | 'form'
  | 'json'
  | 'code'
  | 'config'
  | 'env'
  | 'cli'
  | 'xml'
  | 'dump'
  | 'connection'
  | 'cookie'
  | 'shape'
  | 'encoded'
  | 'speech'
  | 'memory';

/** A fact about a removed value that is no secret itself and serves as evidence. Offsets: UTF-16 units of the redacted text. */
export interface Observation {
  readonly kind: string;
  /** Span of the placeholder. */
  readonly start: number;
  readonly end: number;
  readonly carrier: Carrier;
  /** The key, header or flag that the value stood under, as written (`api_secret`, `Authorization`, `-u`). */
  readonly name?: string;
  /** A scheme word before the value in a header, as written (`Basic`, `Bearer`). */
  readonly scheme?: string;
  /** Encoding through which the value was recognised. */
  readonly encoding?: 'base64' | 'percent' | 'hex' | 'html' | 'unicode' | 'json';
  /** What the decoded value is: `user:secret`, JSON, or other text. */
  readonly decodesTo?: 'pair' | 'json' | 'text';
  /** Length of the value in UTF-16 units, 0 where it was empty. */
  readonly length: number;
  readonly hasColon: boolean;
  /** Blanks, tabs or line ends (also escaped ones) right before, inside or right after the value. */
  readonly blanksBefore: boolean;
  readonly blanksInside: boolean;
  readonly blanksAfter: boolean;
  /** Values that are equal in one text (or one conversation's memory) share a group number. */
  readonly group: number;
}
