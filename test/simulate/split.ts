// `npm run simulate:split [--every N] [--errors]`: the same words said at once and piece by piece must lead to the same verdict.
import fs from 'node:fs';
import path from 'node:path';
import { startConversation } from '../../src/conversation/conversation';
import { ingest } from '../../src/conversation/ingest';
import { reduce } from '../../src/conversation/reduce';
import { viewTurn } from '../../src/conversation/view';
import { createEngine, type Engine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { lineZones } from '../../src/text/lines';

const CORPUS = path.join(__dirname, '..', 'corpus');
const START = Date.UTC(2026, 10, 24, 12, 0);
/** A sentence's end in prose, or an empty line: pasted lines stay together. */
const BORDER = /(?<=[^\s.]{2}[.!?])[ \t]+(?=\p{Lu})|(?<=[。！？])(?!\s*["”」）)])|\n\s*\n/u;
const LEAST_UNITS = 25;

export interface SplitItem {
  readonly id: string;
  readonly lang: string;
  readonly kind: string;
  readonly text: string;
}

/** Every `every`th item of the corpus that has two sentences or more. */
export function readSplitItems(every: number): SplitItem[] {
  const items = fs
    .readdirSync(CORPUS)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => fs.readFileSync(path.join(CORPUS, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as SplitItem);
  return items.filter((_, i) => i % every === 0).filter(({ text }) => piecesOf(text).length > 1);
}

/** Whether a piece begins or ends with lines of a person's own words. */
function isProse(piece: string, at: 0 | -1): boolean {
  return lineZones(piece, piece.length).at(at) === 'prose';
}

/** An opening and one or two answers; what is pasted stays with the words around it. */
export function piecesOf(text: string): string[] {
  const parts: string[] = [];
  for (const part of text.split(BORDER).map((piece) => piece.trim())) {
    const last = parts.at(-1);
    const cutsPasted = last !== undefined && !(isProse(last, -1) && isProse(part, 0));
    if (last !== undefined && (cutsPasted || last.length < LEAST_UNITS || part.length < LEAST_UNITS))
      parts[parts.length - 1] = cutsPasted ? `${last}\n\n${part}` : `${last} ${part}`;
    else if (part !== '') parts.push(part);
  }
  if (parts.length < 2) return parts;
  const cut = Math.ceil(parts.length / 3);
  const groups = [parts.slice(0, cut), parts.slice(cut, 2 * cut), parts.slice(2 * cut)];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => group.join(group.some((p) => p.includes('\n')) ? '\n\n' : ' '));
}

/** The cause that a talk ends with when `pieces` are said one after the other. */
export function causeOfTalk(pieces: readonly string[], language: string, engine: Engine): string | null {
  let conversation = startConversation({ language, channel: 'web', key: [1, 2, 3, 4] });
  for (const [i, piece] of pieces.entries()) {
    const at = new Date(START + i * 60_000).toISOString();
    const { redaction, memory } = ingest(conversation, piece, engine);
    conversation = reduce(conversation, { type: 'message', at, redaction, memory }, engine).conversation;
  }
  return viewTurn(conversation, engine).cause;
}

/** The cause that the same words have when they are read at once. */
export function causeOfWhole(text: string, language: string, engine: Engine): string | null {
  return engine.triage(text, { language }).cause;
}

async function main(args: readonly string[]): Promise<void> {
  const every = Number(args[args.indexOf('--every') + 1] ?? 1) || 1;
  const engine = createEngine(await loadPack(path.join(__dirname, '..', '..')));
  const items = readSplitItems(args.includes('--every') ? every : 1);
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  let same = 0;
  const differs = new Map<string, number>();
  for (const { id, lang, text } of items) {
    const language = engine.languages.includes(lang) ? lang : 'en';
    const whole = causeOfWhole(text, language, engine);
    const pieces = piecesOf(text);
    const talk = causeOfTalk(pieces, language, engine);
    if (whole === talk) {
      same++;
      continue;
    }
    const key = `${whole ?? 'none'} -> ${talk ?? 'none'}`;
    differs.set(key, (differs.get(key) ?? 0) + 1);
    if (args.includes('--errors')) out(`${id} ${key}: ${pieces.map((piece) => JSON.stringify(piece)).join(' | ')}`);
  }
  for (const [key, count] of [...differs].sort(([, a], [, b]) => b - a).slice(0, 20))
    out(`${String(count).padStart(4)}  ${key}`);
  out(`same verdict at once and piece by piece: ${same}/${items.length} = ${(same / items.length).toFixed(3)}`);
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
