// Simulated people talk to the core: the bars that a talk must reach, over all of them.
import path from 'node:path';
import { engine } from '../support/engine';
import { readPeople } from '../simulate/person';
import { play } from '../simulate/play';

test('finished, right cause, facts, no leak, nothing asked a third time', async () => {
  const core = await engine();
  const people = readPeople([path.join(__dirname, '..', 'simulate', 'people.jsonl')]);
  const played = people.map((person) => play(person, core, false));
  const share = (of: (one: (typeof played)[number]) => boolean): number => played.filter(of).length / played.length;
  const sum = (of: (one: (typeof played)[number]) => number): number => played.reduce((all, one) => all + of(one), 0);
  expect(sum(({ leaks }) => leaks)).toBe(0);
  expect(sum(({ repeats }) => repeats)).toBe(0);
  expect(share(({ finished }) => finished)).toBeGreaterThanOrEqual(0.98);
  expect(share(({ right }) => right)).toBeGreaterThanOrEqual(0.93);
  expect(sum(({ factsRight }) => factsRight) / sum(({ facts }) => facts)).toBeGreaterThanOrEqual(0.95);
}, 60_000);
