// The schemas that editors read are those that the loader checks with, and every pack file points to its own.
import fs from 'node:fs';
import path from 'node:path';
import { KINDS } from '../../src/pack/schema';
import { SCHEMA_FOLDER, schemaFiles } from '../support/schemas';

const RULES = path.join(SCHEMA_FOLDER, '..');

test.each([...schemaFiles()])('rules/schema/%s is up to date (npm run schemas)', (name, content) => {
  expect(fs.readFileSync(path.join(SCHEMA_FOLDER, name), 'utf8')).toBe(content);
});

test.each(fs.readdirSync(RULES).filter((name) => name.endsWith('.yaml')))(
  'rules/%s names its schema for editors',
  (name) => {
    const kind = KINDS.map((k) => k.prefix)
      .filter((prefix) => name === `${prefix}.yaml` || name.startsWith(`${prefix}-`))
      .sort((a, b) => b.length - a.length)[0];
    const [first] = fs.readFileSync(path.join(RULES, name), 'utf8').split('\n');
    expect(first).toBe(`# yaml-language-server: $schema=./schema/${kind}.json`);
  },
);
