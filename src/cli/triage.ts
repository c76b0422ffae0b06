// `preticket triage`: a report for people, or the triage result as JSON.
import { once } from 'node:events';
import type { Advice, Engine } from '../engine';
import { PreticketError } from '../errors';
import type { TriageResult } from '../types';
import { loadEngine } from './engine';
import { lackOfText, readAll } from './input';
import { eachLine, type Line } from './jsonl';
import { startProgress, whileBusy } from './progress';
import { eachSource } from './sources';

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
  const engine = await loadEngine();
  if (options.language !== undefined && !engine.languages.includes(options.language)) {
    throw new PreticketError('USAGE', `--language: one of ${engine.languages.join(', ')}`);
  }
  const language = options.language === undefined ? {} : { language: options.language };
  const progress = startProgress();
  await eachSource(files, async (source) => {
    if (options.jsonl)
      return eachLine(source.open(), process.stdout, answer, (count) => progress.tick(`${count} lines`));
    const raw = await readAll(source.open(), source.name);
    const lack = lackOfText(raw);
    if (lack !== undefined && !options.json) process.stderr.write(`preticket: ${source.name}: ${lack}\n`);
    const guess = lack === undefined ? {} : { language: engine.pack.pack.defaultLanguage };
    const advice = await whileBusy(source.name, raw.length, () => engine.advise(raw, { ...guess, ...language }));
    const out = options.json ? `${JSON.stringify(advice.result, null, 2)}\n` : await reportOf(engine, advice, lack);
    if (!process.stdout.write(out)) await once(process.stdout, 'drain');
    return undefined;
  });
  progress.end();

  function answer(line: Line): TriageResult {
    if (line['language'] !== undefined && typeof line['language'] !== 'string')
      throw new PreticketError('INPUT_BAD_LINE', 'language must be a string');
    const fields = fieldsOf(line);
    return engine.triage(line.text, {
      ...language,
      ...(typeof line['language'] === 'string' ? { language: line['language'] } : {}),
      ...(fields === undefined ? {} : { fields }),
    });
  }
}

/** For people; of what holds no text only the verdict and what to ask. */
async function reportOf(engine: Engine, advice: Advice, lack: string | undefined): Promise<string> {
  const { result, warnings, noneReason, original } = advice;
  const { renderReport } = await import('./report.js');
  const color = process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  return renderReport(result, engine.textsOf(result.language), {
    color,
    width: process.stdout.columns ?? 80,
    warnings,
    noneReason,
    ...(original === undefined ? {} : { original }),
    ...(lack === undefined ? {} : { isShort: true }),
    why: (rule) => engine.whyOf(rule),
  });
}
