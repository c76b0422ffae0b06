// `preticket rules lint`: every fault of the pack, with file, line and column.
import { PreticketError } from '../errors';
import { createEngine } from '../engine';
import { packFolder } from './engine';
import { lintPack } from '../pack/lint';
import { assemble, writeCompiled } from '../pack/load';
import { readFiles } from '../pack/files';
import { formatFault, type PackDocument, parseFiles } from '../pack/parse';
import type { LangData } from '../pack/schema/lang';
import { warningsOfConcepts } from '../text/phrase-check';

/** Phrases of language files that come to nothing, as lines to print. */
function phraseWarnings(documents: readonly PackDocument[]): string[] {
  return documents
    .filter((document) => document.kind.prefix === 'lang')
    .flatMap((document) => {
      const { concepts, sets } = document.data as LangData;
      return warningsOfConcepts(concepts, sets).map(({ path, message }) =>
        formatFault({ file: document.file, ...document.place(path), message: `warning: ${message}` }),
      );
    });
}

/** Prints all faults and fails with CHECK_FAILED where there is one; warns of phrases that come to nothing. `compile`: keeps the checked pack for a faster start. */
export function lintCommand(options: { readonly compile?: true }): void {
  const { files, version } = readFiles(packFolder());
  const { documents, faults } = parseFiles(files);
  const all = faults.length > 0 ? faults : lintPack(documents);
  if (all.length > 0) {
    process.stderr.write(`${all.map(formatFault).join('\n')}\n`);
    throw new PreticketError('CHECK_FAILED', `rules lint: ${all.length} fault(s) in the pack`);
  }
  const warnings = phraseWarnings(documents);
  if (warnings.length > 0) process.stderr.write(`${warnings.join('\n')}\n`);
  const pack = assemble(documents, files, version);
  createEngine(pack);
  if (options.compile) writeCompiled(pack);
  process.stdout.write(`rules lint: ${documents.length} files, no fault (pack ${pack.pack.name} ${version})\n`);
}
