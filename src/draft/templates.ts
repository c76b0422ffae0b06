// Reads the ticket templates of a pack from its folder; the only part of drafts that touches files.
import fs from 'node:fs';
import path from 'node:path';

/** Source of `templates/<tag>/ticket.md.hbs` in `dir`, by tag, for those of `languages` that have one. */
export function readTemplates(dir: string, languages: readonly string[]): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const language of languages) {
    const file = path.join(dir, 'templates', language, 'ticket.md.hbs');
    if (fs.existsSync(file)) sources[language] = fs.readFileSync(file, 'utf8');
  }
  return sources;
}
