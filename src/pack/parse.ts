// Turns a pack's YAML files into checked data. All faults of all files are reported at once, with line and column.
import Ajv from 'ajv';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
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

function kindOf(file: string): Kind | undefined {
  const base = file.replace(/\.yaml$/, '');
  return KINDS.filter((kind) => base === kind.prefix || base.startsWith(`${kind.prefix}-`)).sort(
    (a, b) => b.prefix.length - a.prefix.length,
  )[0];
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
      faults.push({
        file,
        line: 0,
        column: 0,
        message: `unknown kind; the name must begin with one of ${KINDS.map((k) => k.prefix).join(', ')}`,
      });
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
    /** Place of a key itself, for one that should not be there; the place of what holds it where it cannot be found. */
    const placeOfKey = (at: readonly (string | number)[], key: string): { line: number; column: number } => {
      const holder = at.length === 0 ? document.contents : document.getIn(at, true);
      const pair = isMap(holder)
        ? holder.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      if (!isScalar(pair?.key) || !pair.key.range) return place(at);
      const { line, col } = lines.linePos(pair.key.range[0]);
      return { line, column: col };
    };
    const data: unknown = document.toJS();
    const validate = ajv.getSchema(kind.prefix) ?? ajv.compile({ ...kind.schema, $id: kind.prefix });
    if (validate(data) !== true) {
      for (const error of validate.errors ?? []) {
        const at = error.instancePath
          .split('/')
          .slice(1)
          .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~')));
        const key: unknown = error.params['additionalProperty'];
        const extra = typeof key === 'string' ? ` "${key}"` : '';
        const allowed = Array.isArray(error.params['allowedValues'])
          ? `: ${error.params['allowedValues'].join(', ')}`
          : '';
        faults.push({
          file,
          ...(typeof key === 'string' ? placeOfKey(at, key) : place(at)),
          message: `${at.length > 0 ? `${at.join('.')} ` : ''}${error.message ?? 'is not valid'}${extra}${allowed}`,
        });
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
