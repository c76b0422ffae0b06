// The engine for the command line: the pack that the environment names, else the program's own.
import { createEngine, type Engine } from '../engine';
import { loadPack, OWN_PACK, type PackData } from '../pack/load';

/** Loads the pack. Errors as `loadPack`. */
export function loadCliPack(): Promise<PackData> {
  return loadPack(packFolder());
}

/** The folder that the pack is read from and fitted weights are written to. */
export function packFolder(): string {
  const dir = process.env['PACK_DIR'];
  return dir === undefined || dir === '' ? OWN_PACK : dir;
}

export async function loadEngine(): Promise<Engine> {
  return createEngine(await loadCliPack());
}
