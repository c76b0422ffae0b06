// `preticket rules new KIND NAME`: scaffolds a part of the pack, or a whole pack; nothing is written that would not lint.
import fs from 'node:fs';
import path from 'node:path';
import { createEngine } from '../engine';
import { PreticketError } from '../errors';
import { readFiles } from '../pack/files';
import { lintPack } from '../pack/lint';
import { assemble } from '../pack/load';
import { formatFault, parseFiles } from '../pack/parse';
import { newCause, newLanguage, newPack, newRedaction, newRule, type Scaffold } from '../pack/scaffold';
import { packFolder } from './engine';

const KINDS: Readonly<Record<string, (name: string, files: ReadonlyMap<string, string>) => Scaffold>> = {
  rule: newRule,
  cause: newCause,
  language: newLanguage,
  redaction: newRedaction,
};

/** `name`: of a rule CAUSE.NAME, of a cause or credential its id, of a language its tag, of a pack a folder that is empty or not there. Errors: USAGE, CHECK_FAILED, those of packs. */
export function newCommand(kind: string, name: string): void {
  const own = packFolder();
  const { files } = readFiles(own);
  const isPack = kind === 'pack';
  const dir = isPack ? path.resolve(name) : own;
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined && !isPack)
    throw new PreticketError('USAGE', `rules new: KIND is one of ${[...Object.keys(KINDS), 'pack'].join(', ')}`);
  if (isPack && fs.existsSync(dir) && fs.readdirSync(dir).length > 0)
    throw new PreticketError('USAGE', 'rules new: the folder is not empty');
  const made = make === undefined ? newPack(path.basename(dir), files) : make(name, files);
  const after = isPack ? made.files : new Map([...files, ...made.files]);
  check(after);
  write(dir, made.files, files);
  if (isPack) copySchemas(own, dir);
  const changed = isPack ? `a pack of ${made.files.size} files` : [...made.files.keys()].map(placeOf).join(', ');
  process.stdout.write(`made: ${changed}\n\nnext:\n${made.next.map((line) => `  - ${line}\n`).join('')}`);
}

/** Lints what would stand there, and compiles it. */
function check(files: ReadonlyMap<string, string>): void {
  const { documents, faults } = parseFiles(files);
  const all = faults.length > 0 ? faults : lintPack(documents);
  if (all.length > 0)
    throw new PreticketError(
      'CHECK_FAILED',
      `rules new: the pack would have ${all.length} fault(s), nothing was written\n${all.map(formatFault).join('\n')}`,
    );
  createEngine(assemble(documents, files, 'new'));
}

const placeOf = (file: string): string => (file.startsWith('templates/') ? file : path.join('rules', file));

/** Each file whole or not at all; one that changed meanwhile or has come is left as it is. */
function write(dir: string, made: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): void {
  for (const [file, text] of made) {
    const at = path.join(dir, placeOf(file));
    const temporary = `${at}.${process.pid}`;
    try {
      const now = fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : undefined;
      if (now !== undefined && now !== before.get(file))
        throw new PreticketError('CHECK_FAILED', `rules new: ${placeOf(file)} changed meanwhile and was left`);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(temporary, text);
      fs.renameSync(temporary, at);
    } catch (cause) {
      if (cause instanceof PreticketError) throw cause;
      throw new PreticketError('CHECK_FAILED', `rules new: cannot write ${placeOf(file)}`, { cause });
    }
  }
}

/** Editors look for them beside the rules. */
function copySchemas(from: string, to: string): void {
  const schemas = path.join(from, 'rules', 'schema');
  if (fs.existsSync(schemas)) fs.cpSync(schemas, path.join(to, 'rules', 'schema'), { recursive: true });
}
