// The JSON Schemas that editors read, written from the same objects that the loader checks with: `npm run schemas`.
import fs from 'node:fs';
import path from 'node:path';
import { KINDS } from '../../src/pack/schema';

export const SCHEMA_FOLDER = path.join(__dirname, '..', '..', 'rules', 'schema');

/** File name to content. */
export function schemaFiles(): Map<string, string> {
  return new Map(
    KINDS.map(({ prefix, schema }) => [
      `${prefix}.json`,
      `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema, $id: `${prefix}.json` }, null, 1)}\n`,
    ]),
  );
}

if (require.main === module) {
  fs.mkdirSync(SCHEMA_FOLDER, { recursive: true });
  for (const [name, content] of schemaFiles()) fs.writeFileSync(path.join(SCHEMA_FOLDER, name), content);
}
