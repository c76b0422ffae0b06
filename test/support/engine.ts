// The engine of the pack that ships, made once for a test file.
import path from 'node:path';
import { createEngine, type Engine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';

let made: Promise<Engine> | undefined;

export function engine(): Promise<Engine> {
  made ??= loadPack(path.join(__dirname, '..', '..')).then(createEngine);
  return made;
}
