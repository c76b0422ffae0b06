// `npm run simulate [FILE.jsonl…] [--pack DIR] [--show ID] [--errors]`: simulated people against the core, beside a fixed and a random order of the same questions.
import path from 'node:path';
import { createEngine, type Engine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { fixedOrder, randomOrder } from './orders';
import { type Person, readPeople } from './person';
import { play, type Played } from './play';

const OWN = path.join(__dirname, 'people.jsonl');
const SEEDS = [1, 2, 3];

function median(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return '–';
  const middle = Math.floor(known.length / 2);
  const value = known.length % 2 === 1 ? known[middle] : ((known[middle - 1] ?? 0) + (known[middle] ?? 0)) / 2;
  return String(value);
}

function mean(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return (known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)).toFixed(2);
}

function figures(name: string, played: readonly Played[]): string {
  const sum = (of: (one: Played) => number): number => played.reduce((total, one) => total + of(one), 0);
  const share = (of: (one: Played) => boolean): string =>
    (played.filter(of).length / Math.max(1, played.length)).toFixed(3);
  const facts = sum((one) => one.facts);
  return [
    name.padEnd(34),
    `finished ${share((one) => one.finished)}`,
    `right cause ${share((one) => one.right)}`,
    `leaks ${sum((one) => one.leaks)}`,
    `asked over twice ${sum((one) => one.repeats)}`,
    `facts ${sum((one) => one.factsRight)}/${facts} ${(sum((one) => one.factsRight) / Math.max(1, facts)).toFixed(3)}`,
    `to verdict ${median(played.map((one) => (one.right ? one.toVerdict : null)))} (mean ${mean(played.map((one) => (one.right ? one.toVerdict : null)))}, open at first ${mean(played.map((one) => (one.right && one.toVerdict !== 0 ? one.toVerdict : null)))})`,
    `to ticket ${median(played.map((one) => one.toTicket))}`,
    `complete ${complete(played)}`,
    `to a complete one ${median(played.map((one) => (one.open === 0 ? one.toTicket : null)))}`,
  ].join('  ');
}

/** How many of the tickets that were shown lack nothing, and what they lack on average. */
function complete(played: readonly Played[]): string {
  const open = played.flatMap((one) => (one.open === null ? [] : [one.open]));
  const lacking = open.reduce((sum, count) => sum + count, 0) / Math.max(1, open.length);
  return `${open.filter((count) => count === 0).length}/${open.length} (lack ${lacking.toFixed(1)})`;
}

function playAll(people: readonly Person[], engine: Engine, together: boolean): Played[] {
  return people.map((person) => play(person, engine, together));
}

async function main(args: readonly string[]): Promise<void> {
  const valueOf = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
  const shown = valueOf('--show');
  const pack = valueOf('--pack') ?? path.join(__dirname, '..', '..');
  const files = args.filter((arg) => !arg.startsWith('--') && arg !== shown && arg !== pack);
  const people = readPeople(files.length > 0 ? files : [OWN]).filter(({ id }) => shown === undefined || id === shown);
  const engine = createEngine(await loadPack(pack));
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const apart = playAll(people, engine, false);
  if (shown !== undefined)
    for (const one of args.includes('--together') ? playAll(people, engine, true) : apart)
      for (const line of one.lines) out(line);
  if (args.includes('--errors')) {
    for (const one of args.includes('--together') ? playAll(people, engine, true) : apart) {
      if (!one.finished || !one.right || one.leaks > 0 || one.repeats > 0)
        out(
          `${one.id}: ${one.status} after ${one.turns}, cause ${one.cause}, leaks ${one.leaks}, repeats ${one.repeats}`,
        );
      for (const miss of one.missed) out(`${one.id}: ${miss}`);
    }
  }
  out(`${people.length} people`);
  out(figures('chosen, one answer at a time', apart));
  out(figures('chosen, all that is at hand', playAll(people, engine, true)));
  const fixed = fixedOrder(engine);
  out(figures('fixed order, one at a time', playAll(people, fixed, false)));
  out(figures('fixed order, all that is at hand', playAll(people, fixed, true)));
  const random = (together: boolean): Played[] =>
    SEEDS.flatMap((seed) => playAll(people, randomOrder(engine, seed), together));
  out(figures('random order, one at a time', random(false)));
  out(figures('random order, all that is at hand', random(true)));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
