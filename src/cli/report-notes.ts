// Gathers faults and evidence into numbered notes: evidence that overlaps becomes one note with its weights added.
import type { Evidence, Finding } from '../types';

/** One place in the text with what it says for (positive) or against (negative) the cause. */
export interface Note {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** Natural-log odds, added up. */
  readonly weight: number;
  /** Ids of the rules, strongest first. */
  readonly rules: readonly string[];
  /** Faults of a request that stand exactly here; empty for evidence. */
  readonly faults: readonly Finding[];
}

/**
 * Notes for all `findings` and for the `most` weightiest pieces of evidence elsewhere, numbered in the order of the text.
 * Evidence without words makes none.
 */
export function gatherNotes(
  text: string,
  evidence: readonly Evidence[],
  most: number,
  findings: readonly Finding[] = [],
): Note[] {
  const faults = faultNotes(findings);
  const elsewhere = evidence.filter((item) => !faults.some((note) => item.start < note.end && note.start < item.end));
  return [...faults, ...evidenceNotes(text, elsewhere).slice(0, most)]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((note, index) => ({ number: index + 1, ...note }));
}

type Unnumbered = Omit<Note, 'number'>;

function faultNotes(findings: readonly Finding[]): Unnumbered[] {
  const notes = new Map<string, Unnumbered>();
  for (const finding of findings) {
    const { start, end, quote } = finding;
    const key = `${start} ${end}`;
    const faults = [...(notes.get(key)?.faults ?? []), finding];
    notes.set(key, { start, end, quote, weight: 0, rules: [], faults });
  }
  return [...notes.values()];
}

/** The weightiest first. */
function evidenceNotes(text: string, evidence: readonly Evidence[]): Unnumbered[] {
  const groups: { start: number; end: number; items: Evidence[] }[] = [];
  for (const item of [...evidence].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (item.end <= item.start) continue;
    const last = groups.at(-1);
    // What argues the other way keeps a note of its own.
    if (last && item.start < last.end && Math.sign(last.items[0]?.weight ?? 0) === Math.sign(item.weight)) {
      last.end = Math.max(last.end, item.end);
      last.items.push(item);
    } else groups.push({ start: item.start, end: item.end, items: [item] });
  }
  return groups
    .map(({ start, end, items }) => ({
      start,
      end,
      quote: text.slice(start, end),
      weight: items.reduce((sum, item) => sum + item.weight, 0),
      rules: [...new Set([...items].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map((item) => item.rule))],
      faults: [],
    }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.start - b.start);
}
