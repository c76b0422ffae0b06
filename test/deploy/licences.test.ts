// The page of licences is what the lock says, and nothing in it asks more of who passes it on than to be named.
import fs from 'node:fs';
import { licences, LICENCES_FILE, licencesPage } from '../support/licences';

const PERMISSIVE = new Set(
  ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'].map(String),
);

test('src/deploy/LICENCES.md is what `npm run licences` makes', () => {
  expect(fs.readFileSync(LICENCES_FILE, 'utf8')).toBe(licencesPage());
});

test('every package for production has a licence that permits to pass it on', () => {
  const rows = licences();
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({ licence }) => !PERMISSIVE.has(licence))).toEqual([]);
});

test('every dependency of package.json is in it', () => {
  const direct = licences().filter(({ isDirect }) => isDirect);
  const { dependencies } = jest.requireActual<{ dependencies: Record<string, string> }>('../../package.json');
  expect(Object.fromEntries(direct.map(({ name, version }) => [name, version]))).toEqual(dependencies);
});
