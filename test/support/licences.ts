// Versions and licences of all that is installed for production, from the lock: `npm run licences` writes src/deploy/LICENCES.md.
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
export const LICENCES_FILE = path.join(ROOT, 'src', 'deploy', 'LICENCES.md');

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package says it itself. */
  readonly licence: string;
  /** Named in package.json. */
  readonly isDirect: boolean;
}

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
}

interface Manifest {
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
}

const readJson = <T>(...at: string[]): T => JSON.parse(fs.readFileSync(path.join(ROOT, ...at), 'utf8')) as T;

/** Old packages name their licence in another way, or only in a file. Throws where none is found. */
function licenceOf(place: string): string {
  const { license, licenses } = readJson<Manifest>(place, 'package.json');
  const said =
    typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' OR '));
  if (said) return said;
  const text = fs
    .readdirSync(path.join(ROOT, place))
    .filter((file) => /^(?:licen[cs]e|copying|readme)/i.test(file))
    .map((file) => fs.readFileSync(path.join(ROOT, place, file), 'utf8'))
    .join('\n');
  if (/permission is hereby granted, free of charge|\bMIT\b/i.test(text)) return 'MIT';
  throw new Error(`${place}: no licence found`);
}

/** By name and version, each once. */
export function licences(): Licensed[] {
  const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json');
  const { dependencies } = readJson<{ dependencies: Record<string, string> }>('package.json');
  const rows = new Map<string, Licensed>();
  for (const [place, { name, version, license, dev }] of Object.entries(packages)) {
    if (place === '' || dev) continue;
    const installed = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const shown = name === undefined || name === installed ? installed : `${installed} (${name})`;
    const isDirect = place === `node_modules/${installed}` && installed in dependencies;
    rows.set(`${shown} ${version}`, { name: shown, version, licence: license ?? licenceOf(place), isDirect });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

export function licencesPage(): string {
  const rows = licences();
  const counts = new Map<string, number>();
  for (const { licence } of rows) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
    [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const show = ({ name, version, licence }: Licensed): string[] => [name, version, licence];
  return `# Versions and licences

What \`npm ci --omit=dev\` installs, made from the lock by \`npm run licences\`; a test holds it. preticket itself: MIT. Packages for other platforms stand here too;
\`(empty-npm-package)\` marks what is named by a dependency, never used, and replaced by nothing.

${table(
  ['licence', 'packages'],
  summary.map(([licence, count]) => [licence, String(count)]),
)}

## Named in package.json

${table(['package', 'version', 'licence'], rows.filter(({ isDirect }) => isDirect).map(show))}

## What those bring along

${table(['package', 'version', 'licence'], rows.filter(({ isDirect }) => !isDirect).map(show))}
`;
}

if (require.main === module) fs.writeFileSync(LICENCES_FILE, licencesPage());
