// The shapes of the public contract and nothing else. Imports nothing.

/** Identifier of a cause as the pack names it; `null` means none of them, or too little evidence. */
export type CauseId = string;

/** Key of a ticket field as the pack names it. */
export type FieldKey = string;

/** A rule that fired, for (positive weight) or against (negative weight) one cause. */
export interface Evidence {
  /** Permanent id of the rule. */
  readonly rule: string;
  /** Redacted words, `text.slice(start, end)`. */
  readonly quote: string;
  /** UTF-16 code units into the redacted text. */
  readonly start: number;
  readonly end: number;
  /** Natural-log odds, signed. */
  readonly weight: number;
}

/** One of the causes with its probability; those of all causes and of "none" sum to 1. */
export interface RankedCause {
  readonly id: CauseId;
  readonly number: number;
  readonly title: string;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
}

/** A fault of a request that was pasted. `quote` is `text.slice(start, end)`. */
export interface Finding {
  readonly id: string;
  readonly cause: CauseId;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly param?: string;
  readonly text: string;
  readonly suggestion?: string;
}

export type ChecklistState = 'done' | 'failed' | 'open' | 'not-applicable';

export interface ChecklistItem {
  readonly step: number;
  readonly text: string;
  readonly state: ChecklistState;
  readonly quote?: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What to ask next. Either `field` (a ticket field) or `asks` (a diagnostic question of the pack) is set. */
export interface Question {
  readonly field?: FieldKey;
  readonly asks?: string;
  readonly text: string;
  readonly why: string;
  readonly choices?: readonly Choice[];
}

export interface RedactionCount {
  readonly kind: string;
  readonly count: number;
}

export interface Draft {
  readonly subject: string;
  readonly body: string;
  readonly format: 'markdown';
}

export interface TriageResult {
  readonly cause: CauseId | null;
  readonly causes: readonly RankedCause[];
  readonly findings: readonly Finding[];
  readonly corrected: string | null;
  readonly fixes: readonly string[];
  readonly checklist: readonly ChecklistItem[];
  /** A field that the person cannot give is `null` and listed in `unknown`. */
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  readonly sources: Readonly<Record<FieldKey, string>>;
  readonly missing: readonly string[];
  readonly unknown: readonly FieldKey[];
  readonly question: Question | null;
  /** The message with every credential replaced by `[redacted:KIND]`. */
  readonly text: string;
  readonly redactions: readonly RedactionCount[];
  readonly draft: Draft;
  readonly language: string;
  readonly pack: { readonly name: string; readonly version: string };
}
