// The fitted reader of an engine's pack; one that weighs nothing where the pack has none.
import { NONE } from '../classify/classifier';
import type { ReaderModel } from '../classify/model';
import type { Engine } from '../engine';

const made = new WeakMap<Engine, ReaderModel>();

export function readerOf(engine: Engine): ReaderModel {
  const known = made.get(engine);
  if (known) return known;
  const { labels } = engine.classifier;
  const none: ReaderModel = {
    labels,
    bias: labels.map((label) => (label === NONE ? 1 : 0)),
    weights: {},
    temperature: 1,
  };
  const model = (engine.pack.reader as ReaderModel | null) ?? none;
  made.set(engine, model);
  return model;
}
