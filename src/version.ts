// The program's version, from the package that it stands in.
import fs from 'node:fs';
import path from 'node:path';

export function programVersion(): string {
  const file = path.join(__dirname, '..', 'package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
