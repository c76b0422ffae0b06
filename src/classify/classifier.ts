// Judges a text by the pack's rules and its fitted reader together.
import type { CauseData, FittedWeights } from '../pack/schema/cause';
import type { Passage } from '../text/mentions';
import type { Scene } from './condition';
import { type Fact, type FeatureSpan, readFeatures } from './features';
import { type ReaderModel, withLabels } from './model';
import { rankCauses, type Ranking } from './rank';
import { compileRules, type CompiledRule, type FiredRule, fireRules, nearMisses } from './rules';

/** Label of "none of the causes" in the reader and in reports. */
export const NONE = 'none';

/** What is read of a text before it is judged. */
export interface Reading {
  readonly passage: Passage;
  readonly facts: readonly Fact[];
  /** Words of the service's replies. */
  readonly replies: readonly FeatureSpan[];
}

export interface Judgement {
  readonly ranking: Ranking;
  readonly fired: readonly FiredRule[];
}

/** Rules and reader of a pack, compiled. */
export class Classifier {
  readonly rules: readonly CompiledRule[];
  readonly labels: readonly string[];
  private readonly model: ReaderModel;

  /** `reader`: content of reader.json; without it the rules alone decide. `weights`: content of weights.json; without it the authors' weights count. */
  constructor(causes: readonly CauseData[], reader: ReaderModel | null, weights: FittedWeights = {}) {
    this.rules = compileRules(causes, weights);
    this.labels = [...causes.map((cause) => cause.id), NONE];
    this.model = (reader === null ? undefined : withLabels(reader, this.labels)) ?? {
      labels: this.labels,
      bias: this.labels.map((label) => (label === NONE ? 1 : 0)),
      weights: {},
      temperature: 1,
    };
  }

  judge(reading: Reading): Judgement {
    const fired = this.fire(reading);
    return { ranking: rankCauses(reading.passage.text, this.model, this.features(reading), fired), fired };
  }

  features(reading: Reading): Map<string, FeatureSpan> {
    return readFeatures(reading.passage, reading.facts, reading.replies);
  }

  fire(scene: Scene): FiredRule[] {
    return fireRules(this.rules, scene);
  }

  /** Rules that only their `unless` held back. */
  near(scene: Scene): FiredRule[] {
    return nearMisses(this.rules, scene);
  }
}
