// `preticket triage`: a report for people, or the triage result as JSON.
import { once } from 'node:events';
import { PreticketError } from '../errors';
import { loadEngine } from './engine';
import { readAll } from './input';
import { eachLine, type Line } from './jsonl';
import { startProgress } from './progress';
import { sources } from './sources';

export interface TriageOptions {
  readonly json?: true;
  readonly jsonl?: true;
  readonly language?: string;
}

function fieldsOf(line: Line): Record<string, string | null> | undefined {
  const { fields } = line;
  if (fields === undefined) return undefined;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new PreticketError('INPUT_BAD_LINE', 'fields must be an object');
  for (const [key, value] of Object.entries(fields)) {
    if (value !== null && typeof value !== 'string')
      throw new PreticketError('INPUT_BAD_LINE', `fields.${key.slice(0, 40)} must be a string or null`);
  }
  return fields as Record<string, string | null>;
}

/** Reads, judges and prints each input. Errors as the input's, the pack's and the redactor's. */
export async function triageCommand(files: readonly string[], options: TriageOptions): Promise<void> {
  if (options.json && options.jsonl) throw new PreticketError('USAGE', '--json and --jsonl exclude each other');
  const inputs = sources(files);
  const engine = await loadEngine();
  if (options.language !== undefined && !engine.languages.includes(options.language)) {
    throw new PreticketError('USAGE', `--language: one of ${engine.languages.join(', ')}`);
  }
  const language = options.language === undefined ? {} : { language: options.language };
  const progress = startProgress();
  for (const source of inputs) {
    const stream = source.open();
    if (options.jsonl) {
      await eachLine(
        stream,
        process.stdout,
        (line) => {
          if (line['language'] !== undefined && typeof line['language'] !== 'string')
            throw new PreticketError('INPUT_BAD_LINE', 'language must be a string');
          const fields = fieldsOf(line);
          return engine.triage(line.text, {
            ...language,
            ...(typeof line['language'] === 'string' ? { language: line['language'] } : {}),
            ...(fields === undefined ? {} : { fields }),
          });
        },
        (count) => progress.tick(`${count} lines`),
      );
      continue;
    }
    const { result, warnings, noneReason, original } = engine.advise(await readAll(stream, source.name), language);
    let out: string;
    if (options.json) out = `${JSON.stringify(result, null, 2)}\n`;
    else {
      const { renderReport } = await import('./report.js');
      const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
      out = renderReport(result, engine.textsOf(result.language), {
        color,
        width: process.stdout.columns ?? 80,
        warnings,
        noneReason,
        ...(original === undefined ? {} : { original }),
        why: (rule) => engine.whyOf(rule),
      });
    }
    if (!process.stdout.write(out)) await once(process.stdout, 'drain');
  }
  progress.end();
}
