// What messages after the first one say when each is read by itself: people open with a guess, and what they find later counts more.
import { NONE } from '../classify/classifier';
import type { FeatureSpan } from '../classify/features';
import { rankCauses } from '../classify/rank';
import type { Engine, ReadText } from '../engine';

/** How much of the earlier messages' odds is left when another one speaks as clearly. */
const KEPT = 0.5;
/** What is added to each probability, so that no message and no text as a whole says more than the odds of one to this. */
const LEAST = 0.02;
/** How much such odds count beside the judgement of all words together. */
const SHARE = 0.4;
/** Exponent of that judgement where there are such odds: a wrong guess in the opening colours it to the end. */
const JOINT = 0.9;
/** Odds from which on such messages count in full. */
const PLAIN = 1;

/** The odds after a message. What speaks of no cause at all changes nothing. */
export function addLater(
  before: Readonly<Record<string, number>>,
  read: ReadText,
  features: ReadonlyMap<string, FeatureSpan>,
  engine: Engine,
): Readonly<Record<string, number>> {
  const { causes, none } = rankCauses(read.passage.text, engine.model, features, engine.classifier.fire(read));
  const about = 1 - none;
  const kept = 1 - (1 - KEPT) * about;
  return Object.fromEntries(
    causes.map(({ id, probability }) => [
      id,
      kept * (before[id] ?? 0) + about * Math.log((probability + LEAST) / LEAST),
    ]),
  );
}

/** Probabilities with those odds; none keeps its share. */
export function leanTo(
  probabilities: Readonly<Record<string, number>>,
  later: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  if (Object.keys(later).length === 0) return probabilities;
  const none = probabilities[NONE] ?? 0;
  // Messages that spoke of no cause leave the first judgement as it is.
  const weight = Math.min(1, Math.max(...Object.values(later)) / PLAIN);
  const joint = 1 - (1 - JOINT) * weight;
  const least = LEAST * weight * (1 - none);
  const leant = Object.entries(probabilities)
    .filter(([id]) => id !== NONE)
    .map(([id, p]) => [id, Math.pow(p + least, joint) * Math.exp(SHARE * (later[id] ?? 0))] as const);
  const sum = leant.reduce((total, [, p]) => total + p, 0);
  if (sum <= 0) return probabilities;
  return { ...Object.fromEntries(leant.map(([id, p]) => [id, (p / sum) * (1 - none)])), [NONE]: none };
}
