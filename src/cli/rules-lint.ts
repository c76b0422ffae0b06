// `preticket rules lint`: every fault of the pack, with file, line and column.
import { PreticketError } from '../errors';
import { createEngine } from '../engine';
import { packFolder } from './engine';
import { lintPack } from '../pack/lint';
import { assemble, writeCompiled } from '../pack/load';
import { readFiles } from '../pack/files';
import { formatFault, parseFiles } from '../pack/parse';

/** Prints all faults and fails with CHECK_FAILED where there is one. `compile`: keeps the checked pack for a faster start. */
export function lintCommand(options: { readonly compile?: true }): void {
  const { files, version } = readFiles(packFolder());
  const { documents, faults } = parseFiles(files);
  const all = faults.length > 0 ? faults : lintPack(documents);
  if (all.length > 0) {
    process.stderr.write(`${all.map(formatFault).join('\n')}\n`);
    throw new PreticketError('CHECK_FAILED', `rules lint: ${all.length} fault(s) in the pack`);
  }
  const pack = assemble(documents, files, version);
  createEngine(pack);
  if (options.compile) writeCompiled(pack);
  process.stdout.write(`rules lint: ${documents.length} files, no fault (pack ${pack.pack.name} ${version})\n`);
}
