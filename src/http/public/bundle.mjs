// Builds what other sites load into dist/http/public; run by `npm run build:page`.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const common = {
  outdir: path.join(here, '..', '..', '..', 'dist', 'http', 'public'),
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
};

// Members of the redactor's own classes and tables: no keys of the pack's data, of what is handed out, or of the platform;
// a name that is missing here only costs bytes, and the tests compare the result with the server's.
const INNER = `scanner userScanner spoken runShapes looks headerNames harmlessCookies sessionCookies
  lengths patterns mask jumps buckets carrier quote local classes outputs runUnit minRun scanRegion quoted placeholders states
  roots isPlaceholder isState isNamed isCode isInert isTold isDomain isPlace strengthOf isRandom isCounted expects byLength nextGroup
  toData remember strength exact meaning meaningOf judge wordMeaning hasColon blanksBefore blanksInside blanksAfter
  observations recheck pieces isKnown meant wordAround rawStart rawEnd decodesTo users ends style foretell learn ordinary quick judged
  endingLengths wideUsers wideLinks wideVerbs talkByWord wideTalk userWords labels cueWords addNoun nounOf wideHas isCompound talkIn wideEnds
  wideHasUser isOrdinary isPlain forget isProse phraseEnd waiting around owner taken running sentence bodyStart tokens mentions
  isRunningText judgeRunning kindOf isLabelled lineText isFound judgeOnce isUserPart isProtected isIdentified hasNounBefore
  opensLine opener closer explicit ordinaryWords bodyEnd lineStart lineEnd`.split(/\s+/);
const kept = new Set(readFileSync(path.join(here, '..', '..', 'redact', 'pack.ts'), 'utf8').match(/\w+(?=\??:)/g));
const clash = INNER.filter((name) => kept.has(name));
if (clash.length > 0) throw new Error(`bundle.mjs: keys of the pack's data must keep their names: ${clash.join(', ')}`);

await build({
  ...common,
  entryPoints: { redact: path.join(here, 'redact', 'redact.ts') },
  format: 'esm',
  mangleProps: new RegExp(`^(?:${INNER.join('|')})$`),
});

// The loader is a classic script of its own scope; the chat is a module that it imports.
const at = (name) => path.join(here, name);
await build({ ...common, entryPoints: [at('widget.ts'), at('page.ts')], format: 'iife' });
await build({ ...common, entryPoints: [at('chat/chat.ts'), at('chat/chat.css')], outbase: at('chat'), format: 'esm' });
await build({ ...common, entryPoints: [at('page.css')] });
