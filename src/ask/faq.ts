// Answers to questions that people ask back, and whether a message speaks of something that no cause covers.
import type { FaqFile } from '../pack/schema/faq';
import type { Texts } from '../pack/texts';

/** A mention of a concept, as far as questions need it. */
export interface AskedMention {
  readonly concept: string;
  readonly negated: boolean;
  /** Stands in a sentence with a question mark. */
  readonly asked: boolean;
  readonly sentence: number;
}

export interface FaqAnswer {
  readonly id: string;
  readonly text: string;
}

export interface Faq {
  /** Answers to what is asked, in the order of the sentences, each once; at most `most`. */
  answers(mentions: readonly AskedMention[], texts: Texts, most?: number): FaqAnswer[];
  /** Why there is no verdict: the message speaks of another topic, or says too little. */
  noneReason(concepts: ReadonlySet<string>): 'other' | 'little';
}

/** Compiles faq.yaml. */
export function compileFaq(file: FaqFile): Faq {
  const asks = new Set(file.asks);
  return {
    answers(mentions, texts, most = 2) {
      const sentences = new Map<number, AskedMention[]>();
      for (const mention of mentions) {
        const list = sentences.get(mention.sentence);
        if (list) list.push(mention);
        else sentences.set(mention.sentence, [mention]);
      }
      const ids: string[] = [];
      for (const [, list] of [...sentences].sort(([a], [b]) => a - b)) {
        if (!list.some((mention) => mention.asked || asks.has(mention.concept))) continue;
        const id = bestAnswer(file, list);
        if (id !== null && !ids.includes(id)) ids.push(id);
      }
      return ids.slice(0, most).map((id) => ({ id, text: texts.faq[id] ?? id }));
    },
    noneReason: (concepts) => (file.elsewhere.some((concept) => concepts.has(concept)) ? 'other' : 'little'),
  };
}

/** The answer whose condition names most concepts of the sentence; of equals the first in the file. */
function bestAnswer(file: FaqFile, sentence: readonly AskedMention[]): string | null {
  const said = new Set(
    sentence.flatMap((mention) => (mention.negated ? [`!${mention.concept}`, mention.concept] : [mention.concept])),
  );
  let best: string | null = null;
  let most = 0;
  for (const answer of file.answers) {
    if (answer.unless?.some((concept) => said.has(concept)) === true) continue;
    for (const concepts of answer.when) {
      if (concepts.length > most && concepts.every((concept) => said.has(concept)))
        [best, most] = [answer.id, concepts.length];
    }
  }
  return best;
}
