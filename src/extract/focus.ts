// Which exchange of a text the ticket's fields speak of.
import type { Reply } from '../request/responses';
import type { Candidate } from './candidate';

/** The failing exchange that all fields speak of. Offsets into the view. */
export interface Focus {
  readonly start: number;
  readonly end: number;
  readonly reply: Reply | null;
  readonly code: Candidate | null;
  /** False where only successes are shown. */
  readonly failing: boolean;
}
