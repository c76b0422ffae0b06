// Everything read of one text before it is judged, as the stages hand it on.
import type { RoledAddress } from '../classify/address-facts';
import type { Reading } from '../classify/classifier';
import type { Fact } from '../classify/features';
import type { RedactResult } from '../redact/redactor';
import type { RequestReading } from '../request/requests';
import type { FieldKey } from '../types';

/** Everything read of one text before it is judged. */
export interface ReadText extends Reading {
  readonly redaction: RedactResult;
  readonly language: string;
  readonly fields: Readonly<Record<FieldKey, string>>;
  readonly sources: Readonly<Record<FieldKey, string>>;
  readonly timezoneMissing: boolean;
  /** Facts of requests, replies and shapes alone; `facts` holds those of addresses too. */
  readonly requestFacts: readonly Fact[];
  readonly addresses: readonly RoledAddress[];
  /** Faults of the requests in view, and the first faulty one as it should be. */
  readonly linted: Pick<RequestReading, 'findings' | 'correction'>;
}
