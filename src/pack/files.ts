// Reads the source files of a pack as text. Parses nothing, so that a start from the compiled copy stays quick.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PreticketError } from '../errors';

/** The pack's source files by name, and the hash that is its version. Throws PACK_MISSING where there is no `rules` folder. */
export function readFiles(dir: string): { files: Map<string, string>; version: string } {
  const folder = path.join(dir, 'rules');
  let names: string[];
  try {
    names = fs.readdirSync(folder).sort();
  } catch (cause) {
    throw new PreticketError('PACK_MISSING', `pack: no readable folder "rules" in ${dir}`, { cause });
  }
  const files = new Map<string, string>();
  const hash = createHash('sha256');
  const add = (name: string, at: string): void => {
    const text = fs.readFileSync(at, 'utf8');
    files.set(name, text);
    hash.update(`${name}\0${text}\0`);
  };
  for (const name of names.filter((n) => /\.(?:yaml|json)$/.test(n))) add(name, path.join(folder, name));
  const templates = path.join(dir, 'templates');
  const languages = fs.existsSync(templates) ? fs.readdirSync(templates).sort() : [];
  for (const language of languages) {
    const at = path.join(templates, language);
    if (!fs.statSync(at).isDirectory()) continue;
    for (const name of fs.readdirSync(at).sort())
      if (name.endsWith('.hbs')) add(`templates/${language}/${name}`, path.join(at, name));
  }
  return { files, version: hash.digest('hex').slice(0, 12) };
}
