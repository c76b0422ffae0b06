// Opens the folder of an embedded store: makes a new one whole, and refuses one whose files are damaged, missing or of two stores.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from '../../errors';
import { damaged } from './faults';
import { KeyFile } from './key-file';
import { DATA_FILE, FORMAT, KEY_FILE, MARK_FILE, number32, openTables, type Tables } from './layout';

interface Mark {
  readonly format: number;
  readonly store: string;
}

/** Stands for whatever store the data file says it is. */
const ANY = 'any';

/** Errors: STORE_DAMAGED, STORE_UNWRITABLE. */
export async function openFolder(dir: string): Promise<{ tables: Tables; keys: KeyFile }> {
  const at = (name: string): string => path.join(dir, name);
  try {
    makeFolder(dir);
    fs.accessSync(dir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    // Root passes the check above on a read-only disk; only writing tells.
    const probe = at(`.probe-${process.pid}-${randomBytes(4).toString('hex')}`);
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (cause) {
    throw unwritable(dir, cause);
  }
  const mark = readMark(dir);
  const sizeOf = (name: string): number => fs.statSync(at(name), { throwIfNoEntry: false })?.size ?? 0;
  if (mark !== undefined) {
    for (const name of [DATA_FILE, KEY_FILE])
      if (sizeOf(name) === 0) throw damaged(`DATA_DIR ${dir}: ${name} is missing or empty`);
    if (KeyFile.storeOf(at(KEY_FILE)) !== mark.store)
      throw damaged(`DATA_DIR ${dir}: ${KEY_FILE} is damaged or belongs to another store`);
  }
  if (sizeOf(DATA_FILE) > 0 && !(await isSound(dir, mark?.store ?? ANY)))
    throw damaged(`DATA_DIR ${dir}: ${DATA_FILE} is damaged`);
  let tables: Tables | undefined;
  try {
    tables = openTables(at(DATA_FILE));
    const store = nameStore(tables, at(KEY_FILE));
    const keys = KeyFile.open(at(KEY_FILE), store);
    if (mark === undefined) writeMark(dir, { format: FORMAT, store });
    for (const name of [DATA_FILE, KEY_FILE]) fs.chmodSync(at(name), 0o600);
    return { tables, keys };
  } catch (cause) {
    await tables?.root.close();
    throw cause instanceof PreticketError ? cause : unwritable(dir, cause);
  }
}

/** The name that the data file holds, or a new one with a key file for it; of two processes that begin at once the first names it. */
function nameStore({ root, meta }: Tables, keyFile: string): string {
  const key = Buffer.from('store');
  return root.transactionSync(() => {
    const there = meta.getBinary(key);
    if (there !== undefined) return there.toString('hex');
    const id = randomBytes(16).toString('hex');
    fs.rmSync(keyFile, { force: true });
    KeyFile.open(keyFile, id).close();
    meta.putSync(Buffer.from('format'), number32(FORMAT));
    meta.putSync(key, Buffer.from(id, 'hex'));
    return id;
  });
}

/** Vouches for the files beside it: from now on a missing one is damage. */
function writeMark(dir: string, mark: Mark): void {
  const temporary = path.join(dir, `${MARK_FILE}.${process.pid}`);
  const file = fs.openSync(temporary, 'w', 0o600);
  fs.writeSync(file, `${JSON.stringify(mark)}\n`);
  fs.fsyncSync(file);
  fs.closeSync(file);
  fs.renameSync(temporary, path.join(dir, MARK_FILE));
}

/** Node's own recursive way never ends where a parent can be neither made nor found, as below /proc. */
function makeFolder(dir: string): void {
  const there = fs.statSync(dir, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  const parent = path.dirname(dir);
  if (parent !== dir) makeFolder(parent);
  try {
    fs.mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function unwritable(dir: string, cause: unknown): PreticketError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const why =
    code === 'ENOSPC'
      ? 'the disk is full'
      : code === 'ENOTDIR' || code === 'EEXIST'
        ? 'it is not a folder'
        : 'it cannot be written';
  return new PreticketError(
    'STORE_UNWRITABLE',
    `DATA_DIR ${dir}: ${why}. Name a folder that the server may write to.`,
    { cause },
  );
}

function readMark(dir: string): Mark | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dir, MARK_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unwritable(dir, error);
  }
  let mark: Mark;
  try {
    mark = JSON.parse(text) as Mark;
  } catch {
    throw damaged(`DATA_DIR ${dir}: ${MARK_FILE} is damaged`);
  }
  if (!/^[0-9a-f]{32}$/.test(mark?.store)) throw damaged(`DATA_DIR ${dir}: ${MARK_FILE} is damaged`);
  if (mark.format !== FORMAT) {
    throw new PreticketError(
      'STORE_DAMAGED',
      `DATA_DIR ${dir}: made by another version (layout ${Number(mark.format)}, this one reads ${FORMAT}). Use that version.`,
    );
  }
  return mark;
}

/** A damaged data file can end the process that opens it, so another one looks first. */
async function isSound(dir: string, store: string): Promise<boolean> {
  const own = path.join(__dirname, 'check-process.js');
  const built = path.join(__dirname, '..', '..', '..', 'dist', 'stores', 'embedded', 'check-process.js');
  const child = spawn(process.execPath, [fs.existsSync(own) ? own : built, dir, store], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new PreticketError('STORE_UNAVAILABLE', 'The check of the store could not be started.', { cause })),
    );
    child.once('exit', (code) => resolve(code === 0));
  });
}
