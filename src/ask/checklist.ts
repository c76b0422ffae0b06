// The guide's checklist with the state of each step, as the evidence shows it.
import type { ChecklistFile } from '../pack/schema/checklist';
import type { Texts } from '../pack/texts';
import type { ChecklistItem, ChecklistState } from '../types';
import { holdAll, type Known, KnownIndex, parseTerm, type Term } from './term';

interface Step {
  readonly id: string;
  readonly step: number;
  /** In the order in which they win: what shows a fault outweighs a claim that it is done. */
  readonly states: readonly (readonly [ChecklistState, readonly (readonly Term[])[]])[];
}

export interface Checklist {
  /** All steps by number. `quote` shows the words that the state rests on, where there are any. */
  stateOf(evidence: readonly Known[], texts: Texts): ChecklistItem[];
}

/** Compiles checklist.yaml. */
export function compileChecklist(file: ChecklistFile): Checklist {
  const parse = (alternatives: readonly (readonly string[])[] | undefined): Term[][] =>
    (alternatives ?? []).map((terms) => terms.map(parseTerm));
  const steps = [...file.steps]
    .sort((a, b) => a.step - b.step)
    .map((data): Step => ({
      id: data.id,
      step: data.step,
      states: [
        ['not-applicable', parse(data.notApplicable)],
        ['failed', parse(data.failed)],
        ['done', parse(data.done)],
      ],
    }));
  return {
    stateOf(evidence, texts) {
      const index = new KnownIndex(evidence);
      return steps.map(({ id, step, states }): ChecklistItem => {
        const text = texts.checklist[id] ?? id;
        for (const [state, alternatives] of states) {
          for (const terms of alternatives) {
            const held = holdAll(terms, index);
            if (!held) continue;
            const quote = held.map((item) => item.quote ?? '').find((words) => words !== '');
            return quote === undefined ? { step, text, state } : { step, text, state, quote };
          }
        }
        return { step, text, state: 'open' };
      });
    },
  };
}
