// Labelled items as JSON lines: texts with the cause that it really was. Format: test/corpus/README.md.
import path from 'node:path';
import { PreticketError } from '../errors';
import { openFile, readAll } from './input';

export interface LabelledItem {
  readonly id: string;
  readonly lang: string;
  readonly kind: string;
  readonly text: string;
  readonly primary: string;
  readonly acceptable: readonly string[];
  /** Left out where the item's fields were not labelled. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly writer: string;
}

/** Throws INPUT_BAD_LINE with file and line; repeats nothing of it. */
export async function readLabelled(files: readonly string[], labels: readonly string[]): Promise<LabelledItem[]> {
  const items: LabelledItem[] = [];
  for (const file of files) {
    const text = await readAll(openFile(file), file);
    text.split('\n').forEach((line, n) => {
      if (line.trim() === '') return;
      const at = `${file}:${n + 1}`;
      let raw: Partial<LabelledItem>;
      try {
        raw = JSON.parse(line) as Partial<LabelledItem>;
      } catch (cause) {
        throw new PreticketError('INPUT_BAD_LINE', `${at}: not JSON`, { cause });
      }
      if (typeof raw.text !== 'string' || typeof raw.primary !== 'string')
        throw new PreticketError('INPUT_BAD_LINE', `${at}: text and primary are needed`);
      const acceptable = raw.acceptable ?? [];
      for (const label of [raw.primary, ...acceptable]) {
        if (!labels.includes(label))
          throw new PreticketError('INPUT_BAD_LINE', `${at}: unknown label; one of ${labels.join(', ')}`);
      }
      items.push({
        id: raw.id ?? at,
        lang: raw.lang ?? '?',
        kind: raw.kind ?? '?',
        text: raw.text,
        primary: raw.primary,
        acceptable,
        ...(raw.fields === undefined ? {} : { fields: raw.fields }),
        writer: raw.writer ?? path.basename(file),
      });
    });
  }
  return items;
}
