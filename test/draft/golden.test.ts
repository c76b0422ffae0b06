// Whole drafts and reports against stored ones in test/golden/<tag>/<case>/. Update: UPDATE_GOLDEN=1 npx jest test/draft/golden; review the change as prose.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { renderReport } from '../../src/cli/report';
import { warningsOf } from '../../src/ask/warnings';
import { answerPack, ROOT } from '../support/answer-pack';
import { buildResult, placeOf, type ResultCase } from '../support/results';

const GOLDEN = path.join(ROOT, 'test', 'golden');
const pack = answerPack();
const cases = fs
  .readdirSync(GOLDEN)
  .flatMap((tag) => fs.readdirSync(path.join(GOLDEN, tag)).map((name) => path.join(tag, name)))
  .sort();

function compare(file: string, given: string): void {
  if (process.env['UPDATE_GOLDEN'] !== undefined) fs.writeFileSync(file, given);
  expect(fs.existsSync(file)).toBe(true);
  expect(given).toBe(fs.readFileSync(file, 'utf8'));
}

test('every language has a golden draft', () => {
  expect([...new Set(cases.map((name) => path.dirname(name)))].sort()).toEqual([...pack.pack.languages].sort());
});

test.each(cases)('%s', (name) => {
  const folder = path.join(GOLDEN, name);
  const given = parse(fs.readFileSync(path.join(folder, 'input.yaml'), 'utf8')) as ResultCase;
  const result = buildResult(pack, given);
  const texts = pack.texts.of(given.language);
  const warnings = warningsOf({ credentialRemoved: result.redactions.length > 0, lookAlikeHost: false }, texts);
  compare(path.join(folder, 'ticket.md'), `Subject: ${result.draft.subject}\n\n${result.draft.body}`);
  const original = given.original === undefined ? {} : { original: placeOf(given, given.original) };
  compare(
    path.join(folder, 'report.txt'),
    renderReport(result, texts, { color: false, width: 80, warnings, ...original }),
  );
});
