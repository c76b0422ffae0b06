// `preticket rules lint`: every fault of the pack, with file, line and column.
import { PreticketError } from '../errors';
import { createEngine, type Engine } from '../engine';
import { packFolder } from './engine';
import { lintPack } from '../pack/lint';
import { assemble, writeCompiled } from '../pack/load';
import { readFiles } from '../pack/files';
import { formatFault, type PackDocument, parseFiles } from '../pack/parse';

/** Phrases of language files that come to nothing, as lines to print. */
function phraseWarnings(engine: Engine, documents: readonly PackDocument[]): string[] {
  return engine.readings.warnings().flatMap(({ language, warnings }) => {
    const document = documents.find(({ file }) => file === `lang-${language}.yaml`);
    return warnings.map(({ path, message }) =>
      formatFault({
        file: document?.file ?? language,
        ...(document?.place(path) ?? { line: 0, column: 0 }),
        message: `warning: ${message}`,
      }),
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
  const pack = assemble(documents, files, version);
  const warnings = phraseWarnings(createEngine(pack), documents);
  if (warnings.length > 0) process.stderr.write(`${warnings.join('\n')}\n`);
  if (options.compile) writeCompiled(pack);
  process.stdout.write(`rules lint: ${documents.length} files, no fault (pack ${pack.pack.name} ${version})\n`);
}
