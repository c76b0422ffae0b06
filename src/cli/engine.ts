// The engine for the command line: the pack that the environment names, else the program's own.
import { createEngine, type Engine } from '../engine';
import { loadPack, type PackData } from '../pack/load';

/** Loads the pack. Errors as `loadPack`. */
export function loadCliPack(): Promise<PackData> {
  const dir = process.env['PACK_DIR'];
  return dir === undefined || dir === '' ? loadPack() : loadPack(dir);
}

export async function loadEngine(): Promise<Engine> {
  return createEngine(await loadCliPack());
}
