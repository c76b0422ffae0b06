// Reads a pack's files and turns YAML into checked data. All faults of all files are reported at once, with line and column.
import Ajv from 'ajv';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { PreticketError } from '../errors';
import { KINDS, type Kind } from './schema';

/** One fault of a pack. Lines and columns count from 1; 0 where the whole file is meant. */
export interface PackFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A file of the pack with its text and, once parsed, a way to find a path's place in it. */
export interface PackDocument {
  readonly file: string;
  readonly kind: Kind;
  readonly data: unknown;
  /** Place of a path in the file, such as `['rules', 3, 'when']`. */
  place(path: readonly (string | number)[]): { readonly line: number; readonly column: number };
}

/** The pack's source files by name, and the hash that is its version. Throws PACK_MISSING where there is no `rules` folder. */
export function readFiles(dir: string): { files: Map<string, string>; version: string } {
  const folder = path.join(dir, 'rules');
  let names: string[];
  try {
    names = fs.readdirSync(folder).sort();
  } catch (cause) {
    throw new PreticketError('PACK_MISSING', `pack: no readable folder "rules" in ${dir}`, { cause });
  }
  const files = new Map<string, string>();
  const hash = createHash('sha256');
  const add = (name: string, at: string): void => {
    const text = fs.readFileSync(at, 'utf8');
    files.set(name, text);
    hash.update(`${name}\0${text}\0`);
  };
  for (const name of names.filter((n) => /\.(?:yaml|json)$/.test(n))) add(name, path.join(folder, name));
  const templates = path.join(dir, 'templates');
  const languages = fs.existsSync(templates) ? fs.readdirSync(templates).sort() : [];
  for (const language of languages) {
    const at = path.join(templates, language);
    if (!fs.statSync(at).isDirectory()) continue;
    for (const name of fs.readdirSync(at).sort()) if (name.endsWith('.hbs')) add(`templates/${language}/${name}`, path.join(at, name));
  }
  return { files, version: hash.digest('hex').slice(0, 12) };
}

function kindOf(file: string): Kind | undefined {
  const base = file.replace(/\.yaml$/, '');
  return KINDS.filter((kind) => base === kind.prefix || base.startsWith(`${kind.prefix}-`)).sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** Parses and checks every YAML file against the schema of its kind. */
export function parseFiles(files: ReadonlyMap<string, string>): { documents: PackDocument[]; faults: PackFault[] } {
  const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true });
  const documents: PackDocument[] = [];
  const faults: PackFault[] = [];
  for (const [file, text] of files) {
    if (!file.endsWith('.yaml')) continue;
    const kind = kindOf(file);
    if (!kind) {
      faults.push({ file, line: 0, column: 0, message: `unknown kind; the name must begin with one of ${KINDS.map((k) => k.prefix).join(', ')}` });
      continue;
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
    for (const error of [...document.errors, ...document.warnings]) {
      const { line, col } = lines.linePos(error.pos[0]);
      faults.push({ file, line, column: col, message: error.message.split('\n')[0] ?? 'not YAML' });
    }
    if (document.errors.length > 0) continue;
    const place = (at: readonly (string | number)[]): { line: number; column: number } => {
      for (let depth = at.length; depth >= 0; depth--) {
        const node = document.getIn(at.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
        if (node?.range) {
          const { line, col } = lines.linePos(node.range[0]);
          return { line, column: col };
        }
      }
      return { line: 1, column: 1 };
    };
    const data: unknown = document.toJS();
    const validate = ajv.getSchema(kind.prefix) ?? ajv.compile({ ...kind.schema, $id: kind.prefix });
    if (validate(data) !== true) {
      for (const error of validate.errors ?? []) {
        const at = error.instancePath.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~')));
        const extra = typeof error.params['additionalProperty'] === 'string' ? ` "${error.params['additionalProperty']}"` : '';
        const allowed = Array.isArray(error.params['allowedValues']) ? `: ${error.params['allowedValues'].join(', ')}` : '';
        faults.push({ file, ...place(at), message: `${at.length > 0 ? `${at.join('.')} ` : ''}${error.message ?? 'is not valid'}${extra}${allowed}` });
      }
    }
    documents.push({ file, kind, data, place });
  }
  return { documents, faults };
}

/** One fault a line: `file:line:column: message`. */
export function formatFault(fault: PackFault): string {
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message}`;
}
