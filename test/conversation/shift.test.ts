// Answers that come late, early, two at once, twice, or corrected tell the same as answers in order.
import path from 'node:path';
import { engine } from '../support/engine';
import { readPeople } from '../simulate/person';
import { shift } from '../simulate/shift';

const EVERY = 3;
const LEAST = 0.95;

test(`facts and verdict of a muddled talk are those of the talk in order in ${LEAST}, and nothing is asked a third time`, async () => {
  const core = await engine();
  const people = readPeople([path.join(__dirname, '..', 'simulate', 'people.jsonl')]);
  const talks = people.filter((_, i) => i % EVERY === 0).flatMap((person, i) => shift(person, core, i));
  expect(talks.length).toBeGreaterThan(80);
  const sum = (of: (one: (typeof talks)[number]) => number): number => talks.reduce((all, one) => all + of(one), 0);
  const facts = sum((one) => one.facts);
  expect((facts - sum(({ missed }) => missed.length)) / facts).toBeGreaterThanOrEqual(LEAST);
  expect(talks.filter(({ same }) => same).length / talks.length).toBeGreaterThanOrEqual(LEAST);
  expect(sum(({ thrice }) => thrice.length)).toBe(0);
}, 60_000);
