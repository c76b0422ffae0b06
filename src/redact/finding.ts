// What a detector reports: a span of its view with the kind of the credential and the facts of its surroundings.
import type { Carrier, Observation } from './redacted';
import type { View } from './view';
import type { Compiled } from './compile';

/** Offsets are units of the view in which it was found. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly carrier: Carrier;
  readonly name?: string;
  readonly scheme?: string;
  readonly encoding?: NonNullable<Observation['encoding']>;
  readonly decodesTo?: NonNullable<Observation['decodesTo']>;
  /** The value is a bare number in JSON: the placeholder needs quotes. */
  readonly quote?: boolean;
  /** Too weak to be remembered: other occurrences of the value stay. */
  readonly local?: boolean;
  /** Weighed, not named: what another finding says of its kind wins. */
  readonly weak?: boolean;
}

/** One text under examination. */
export interface Search {
  readonly view: View;
  readonly text: string;
  readonly pack: Compiled;
  readonly findings: Finding[];
}

/** No value is longer; a run of megabytes would exhaust the stack of the regex engine. */
export const LONGEST_RUN = 65_536;

/** A regex to be tried at one place only; it sees at most `LONGEST_RUN` units from there. */
export function matchAt(regex: RegExp, text: string, at: number): RegExpExecArray | null {
  regex.lastIndex = at;
  return regex.exec(text.length - at > LONGEST_RUN ? text.slice(0, at + LONGEST_RUN) : text);
}

/** The line that was asked for last: long lines hold many places, and each asks for the line's ends. */
const line = { text: '', start: 0, end: -1 };

function lineAround(text: string, at: number): void {
  if (at >= line.start && at <= line.end && text === line.text) return;
  line.text = text;
  line.start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  line.end = end < 0 ? text.length : end;
}

/** Lets go of the text that was looked at last. */
export function forgetLine(): void {
  line.text = '';
  line.end = -1;
}

/** Offset of the line's end (the line feed or the text's end); a carriage return before it is left out. */
export function lineEndAt(text: string, at: number): number {
  if (at > text.length) return text.length;
  lineAround(text, at);
  const { end } = line;
  return end > at && end < text.length && text[end - 1] === '\r' ? end - 1 : end;
}

/** Offset of the line's first unit. */
export function lineStartAt(text: string, at: number): number {
  if (at > text.length) return text.lastIndexOf('\n', at - 1) + 1;
  lineAround(text, at);
  return line.start;
}
