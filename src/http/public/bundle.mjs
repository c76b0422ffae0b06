// Builds what other sites load into dist/http/public; run by `npm run build:page`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { minify } from 'uglify-js';
import { ownMembers } from './own-members.mjs';

const here = import.meta.dirname;
const common = {
  outdir: path.join(here, '..', '..', '..', 'dist', 'http', 'public'),
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
};

/** Fields without a value need not be written out. */
const tsconfigRaw = { compilerOptions: { useDefineForClassFields: false } };

// Members that only the redactor knows get short names; keys of the pack's data and what is handed out keep theirs.
const redactEntry = path.join(here, 'redact', 'redact.ts');
const redactFolder = path.join(here, '..', '..', 'redact');
const inner = ownMembers(
  redactEntry,
  [path.join(redactFolder, path.sep), redactEntry],
  [path.join(redactFolder, 'pack.ts'), redactEntry],
);

// In a browser an error has no exit status and no HTTP status: the table of them stays behind. Nor is there a conversation's memory.
const bareParts = {
  name: 'bare-parts',
  setup({ onLoad }) {
    onLoad({ filter: /\/redact\/memory\.ts$/ }, () => ({ contents: 'export function recognise() {}' }));
    onLoad({ filter: /\/src\/errors\.ts$/ }, () => ({
      contents: `export class PreticketError extends Error {
        constructor(code, message, options) { super(message, options); this.code = code; }
      }`,
    }));
  },
};

await build({
  ...common,
  tsconfigRaw,
  plugins: [bareParts],
  entryPoints: { redact: redactEntry },
  format: 'esm',
  mangleProps: new RegExp(`^(?:${inner.join('|')})$`),
});

await build({ ...common, entryPoints: { 'redact-aside': path.join(here, 'redact', 'aside.ts') }, format: 'esm' });

// The style goes along with the script as text: one request less, and it packs better together.
const styleAsText = {
  name: 'style-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { outputFiles } = await build({ ...common, entryPoints: [file], write: false });
      // What a custom property holds is left as it was written.
      return {
        contents: outputFiles[0].text
          .trim()
          .replace(/(--[\w-]+): /g, '$1:')
          .replace(/, /g, ','),
        loader: 'text',
      };
    });
  },
};

// Members that only the chat's own classes have: private ones, but for names that the platform or an answer uses too.
// A name that is missed only costs bytes; the tests run what is built.
const chat = path.join(here, 'chat');
const sources = readdirSync(chat, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(chat, name), 'utf8'));
const platform = readFileSync(createRequire(import.meta.url).resolve('typescript/lib/lib.dom.d.ts'), 'utf8');
const members = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);
const taken = new Set([
  ...members(platform, /^ {4}(?:readonly )?(\w+)[?(:]/gm),
  ...sources.flatMap((text) => members(text, /^ +(?:readonly )?(\w+)\??:/gm)),
  ...sources.flatMap((text) => members(text, /^ {2}(?:get |async |static )*(\w+)\(/gm)),
]);
// What parts of the chat call each other by, too; never a key of what is stored, sent, received, or shared with the loader.
const shared =
  `tell rich choose drain fresh returned cleared hasBegun isShown expects keepSession tellTurn showTicket sessions
  awaitsCheck offersTicket took follow human restart redacted clean afterMs trouble typing listen sync timer toEnd dialog session
  sent edit drop isCut isOpen showAll take turn texts`.split(/\s+/);
const met = new Set(members(platform, /^ {4}(?:readonly )?(\w+)[?(:]/gm));
const strange = shared.filter((name) => met.has(name));
if (strange.length > 0) throw new Error(`bundle.mjs: the platform has members of these names: ${strange.join(', ')}`);
const own = sources
  .flatMap((text) => members(text, /private (?:readonly |async |get )*(\w+)/g))
  .filter((name) => !taken.has(name));

/** What esbuild makes, made smaller still: the chat has a budget to keep. */
async function buildSmall(name, options) {
  const { outputFiles } = await build({
    ...common,
    ...options,
    entryPoints: [path.join(here, name)],
    tsconfigRaw,
    write: false,
  });
  const { code, error } = minify(outputFiles[0].text, {
    module: options.format === 'esm',
    toplevel: true,
    // What is not drawn together packs better.
    compress: { passes: 4, pure_getters: true, unsafe: true, inline: false, varify: false, if_return: false },
  });
  if (error) throw error;
  writeFileSync(path.join(common.outdir, path.basename(name).replace(/ts$/, 'js')), code);
}

// The loader is a classic script of its own scope; the chat is a module that it imports.
await build({ ...common, entryPoints: [path.join(here, 'page.css')] });
await buildSmall('widget.ts', { format: 'iife', plugins: [styleAsText] });
await buildSmall('page.ts', { format: 'iife' });
await buildSmall('chat/chat.ts', {
  format: 'esm',
  plugins: [styleAsText],
  mangleProps: new RegExp(`^(?:${[...own, ...shared].join('|')})$`),
});

await build({
  ...common,
  entryPoints: {
    form: path.join(here, 'form', 'form.ts'),
    'form-page': path.join(here, 'form', 'page.ts'),
  },
  format: 'iife',
});

await build({ ...common, entryPoints: { form: path.join(here, 'form', 'page.css') } });

// The operators' page: one folder, no other site loads it.
await build({
  ...common,
  entryPoints: ['admin.ts', 'admin.css', 'admin.html'].map((name) => path.join(here, 'admin', name)),
  outdir: path.join(common.outdir, 'admin'),
  loader: { '.html': 'copy' },
});
