// The pack's rules compiled, and which of them fire on a text. Order among rules never matters: each fires or not by itself.
import { boundsOf, type CauseData, type FittedWeights, type RuleData } from '../pack/schema/cause';
import { type Check, compileCondition, type Scene } from './condition';
import type { FeatureSpan } from './features';

export interface CompiledRule {
  readonly data: RuleData;
  /** What the rule counts: the fitted weight where there is one, else the author's. Natural-log odds. */
  readonly weight: number;
  readonly cause: string;
  readonly when: Check;
  readonly unless: Check | undefined;
}

/** A rule that fired and the words it stands on. */
export interface FiredRule extends FeatureSpan {
  readonly rule: CompiledRule;
}

/** Compiles every rule that is not retired. */
export function compileRules(causes: readonly CauseData[], weights: FittedWeights = {}): CompiledRule[] {
  return causes.flatMap((cause) =>
    cause.rules
      .filter((rule) => rule.status !== 'retired')
      .map((data) => ({
        data,
        weight: weightOf(data, weights),
        cause: cause.id,
        when: compileCondition(data.when),
        unless: data.unless ? compileCondition(data.unless) : undefined,
      })),
  );
}

/** An author who has changed a weight since the fit is obeyed until the next one. */
function weightOf(rule: RuleData, weights: FittedWeights): number {
  const [from, fitted] = weights[rule.id] ?? [rule.weight, rule.weight];
  const [least, most] = boundsOf(rule);
  return from === rule.weight && fitted >= least && fitted <= most ? fitted : rule.weight;
}

export function fireRules(rules: readonly CompiledRule[], scene: Scene): FiredRule[] {
  const fired: FiredRule[] = [];
  for (const rule of rules) {
    const span = rule.when(scene);
    if (span && !rule.unless?.(scene)) fired.push({ rule, start: span.start, end: span.end });
  }
  return fired;
}

/** Rules whose `when` holds but whose `unless` stopped them: what nearly fired. */
export function nearMisses(rules: readonly CompiledRule[], scene: Scene): FiredRule[] {
  const near: FiredRule[] = [];
  for (const rule of rules) {
    const span = rule.when(scene);
    if (span && rule.unless?.(scene)) near.push({ rule, start: span.start, end: span.end });
  }
  return near;
}
