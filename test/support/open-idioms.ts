// What the idioms show to be still missing, one line each; a line that no longer holds fails the test as a new one does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function openIdioms(): string[] {
  return readFileSync(join(__dirname, '../fixtures/request/idioms-open.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
