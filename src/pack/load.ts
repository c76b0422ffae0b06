// Loads a pack as plain, checked data: from the copy that the build compiled where the files are the same, else from YAML.
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from '../errors';
import { readFiles } from './files';
import type { PackDocument } from './parse';
import type { CauseData, FittedWeights } from './schema/cause';
import type { ChecklistFile } from './schema/checklist';
import type { FaqFile } from './schema/faq';
import type { LangData } from './schema/lang';
import type { PackFile } from './schema/pack';
import type { QuestionData } from './schema/question';
import type { TalkData } from './schema/talk';
import type { TextFile } from './schema/text';
import type { TogetherFile } from './schema/together';

/** All of a pack as data. Stages compile from it what they need; nothing reads YAML after this. */
export interface PackData {
  /** Hash of the source files. */
  readonly version: string;
  readonly pack: PackFile;
  readonly api: unknown;
  readonly causes: readonly CauseData[];
  readonly languages: readonly LangData[];
  readonly texts: readonly TextFile[];
  readonly talk: readonly TalkData[];
  readonly together: TogetherFile;
  readonly questions: readonly QuestionData[];
  readonly checklist: ChecklistFile;
  readonly faq: FaqFile;
  readonly fields: readonly unknown[];
  /** The files redact-shapes, -names, -harmless and -carriers, and all of redact-speech. */
  readonly redaction: Readonly<Record<'shapes' | 'names' | 'harmless' | 'carriers', unknown>> & {
    readonly speech: readonly unknown[];
  };
  /** Source of each language's ticket template. */
  readonly templates: Readonly<Record<string, string>>;
  /** Content of reader.json, null where the pack has none yet. */
  readonly reader: unknown;
  /** Content of weights.json: fitted weights by rule id; empty where the pack has none yet. */
  readonly weights: FittedWeights;
}

/** The pack that ships with the program. */
export const OWN_PACK = path.join(__dirname, '..', '..');
const COMPILED = path.join(__dirname, '..', 'pack.json');
const TEMPLATE = /^templates\/([\w-]+)\/ticket\.md\.hbs$/;

/**
 * Loads the pack in `dir` (a folder with `rules/` and `templates/`).
 * Throws PACK_MISSING, or PACK_INVALID with every fault on a line of its own.
 */
export async function loadPack(dir: string = OWN_PACK): Promise<PackData> {
  const { files, version } = readFiles(dir);
  return readCompiled(version) ?? (await buildPack(files, version));
}

/** Parses and checks all files, past the compiled copy. Errors as `loadPack`. */
export async function buildPack(files: ReadonlyMap<string, string>, version: string): Promise<PackData> {
  // The parsers cost more than the rest of the start; they are loaded only where the compiled copy does not fit.
  const { formatFault, parseFiles } = await import('./parse.js');
  const { documents, faults } = parseFiles(files);
  if (faults.length > 0) {
    throw new PreticketError('PACK_INVALID', `pack: ${faults.length} fault(s)\n${faults.map(formatFault).join('\n')}`);
  }
  return assemble(documents, files, version);
}

/** A pack of documents that were checked already. Throws PACK_MISSING. */
export function assemble(
  documents: readonly PackDocument[],
  files: ReadonlyMap<string, string>,
  version: string,
): PackData {
  const ofKind = <T>(prefix: string): T[] => documents.filter((d) => d.kind.prefix === prefix).map((d) => d.data as T);
  const one = <T>(prefix: string): T => {
    const [first] = ofKind<T>(prefix);
    if (first === undefined) throw new PreticketError('PACK_MISSING', `pack: rules/${prefix}.yaml is missing`);
    return first;
  };
  const fitted = (name: string): unknown => {
    const text = files.get(name);
    return text === undefined ? null : (JSON.parse(text) as unknown);
  };
  return {
    version,
    pack: one<PackFile>('pack'),
    api: one('api'),
    causes: ofKind<CauseData>('cause').sort((a, b) => a.number - b.number),
    languages: ofKind<LangData>('lang'),
    texts: ofKind<TextFile>('text'),
    talk: ofKind<TalkData>('talk'),
    together: one<TogetherFile>('together'),
    questions: ofKind<QuestionData>('question'),
    checklist: one<ChecklistFile>('checklist'),
    faq: one<FaqFile>('faq'),
    fields: ofKind('field'),
    redaction: {
      shapes: one('redact-shapes'),
      names: one('redact-names'),
      harmless: one('redact-harmless'),
      carriers: one('redact-carriers'),
      speech: ofKind('redact-speech'),
    },
    templates: Object.fromEntries(
      [...files].flatMap(([name, text]) => {
        const language = TEMPLATE.exec(name)?.[1];
        return language === undefined ? [] : [[language, text]];
      }),
    ),
    reader: fitted('reader.json'),
    weights: (fitted('weights.json') ?? {}) as FittedWeights,
  };
}

function readCompiled(version: string): PackData | undefined {
  if (!fs.existsSync(COMPILED)) return undefined;
  const data = JSON.parse(fs.readFileSync(COMPILED, 'utf8')) as PackData;
  return data.version === version ? data : undefined;
}

/** Writes the compiled copy beside the program; the build calls it. */
export function writeCompiled(data: PackData): void {
  const temporary = `${COMPILED}.${process.pid}`;
  fs.writeFileSync(temporary, JSON.stringify(data));
  fs.renameSync(temporary, COMPILED);
}
