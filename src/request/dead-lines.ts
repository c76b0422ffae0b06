// Lines of a corrected request that prepare what is no longer used: an encoded credential, a login object, their import.

/** What makes a credential in a form that nobody needs any more. */
const MAKES =
  /base64|b64|btoa\(|basic_?auth|\bquote(?:_plus)?\(|urlencode|encodeURI|QueryEscape|EscapeDataString|Credentials?\b|Authenticat|URLEncoder/i;
/** Left of it, a name that is given a value for the first time. */
const GIVEN =
  /^[ \t]*(?:>>> |\.\.\. )?(?:(?:const|let|var|val|my|our|final|auto|local|private|readonly|public|static|string|String|Dim|NSString)\s+\*?)*(?:self\.|this\.|\$this->|[$@]{1,2})?$/;
const IMPORT =
  /^[ \t]*(?:>>> )?(?:import (?:java\.util\.)?(base64|Base64);?|from base64 import (\w+)|from requests\.auth import (\w+)|require ["'](base64)["']|use MIME::(Base64).*;)[ \t]*$/;
const MOST_PASSES = 3;

/**
 * Takes those lines out.
 * @param dropped source that the correction took away or replaced: the names in it may be used no more
 */
export function withoutDeadLines(corrected: string, dropped: readonly string[]): string {
  let lines = corrected.split('\n');
  const names = new Set(dropped.flatMap((s) => s.match(/[A-Za-z_]\w+/g) ?? []));
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const counts = countWords(lines);
    const kept = lines.filter((line) => !isDead(line, names, counts));
    if (kept.length === lines.length) break;
    lines = kept;
  }
  const counts = countWords(lines);
  const whole = lines.length;
  return whole === corrected.split('\n').length
    ? corrected
    : lines.filter((line) => !isUnusedImport(line, counts)).join('\n');
}

function countWords(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of lines.join('\n').match(/[A-Za-z_]\w*/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function isDead(line: string, names: ReadonlySet<string>, counts: ReadonlyMap<string, number>): boolean {
  const m = /([A-Za-z_]\w*)\s*(?::\s*[\w.<>]+\s*)?(?::=|=(?![=>]))\s*(\S.*)$/.exec(line.slice(0, 400));
  if (m?.[1] === undefined || m[2] === undefined) return false;
  if (!names.has(m[1]) || counts.get(m[1]) !== 1 || !MAKES.test(m[2])) return false;
  return GIVEN.test(line.slice(0, m.index)) && isBalanced(line);
}

function isBalanced(line: string): boolean {
  let depth = 0;
  for (const c of line) {
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
  }
  return depth === 0;
}

function isUnusedImport(line: string, counts: ReadonlyMap<string, number>): boolean {
  const m = IMPORT.exec(line);
  const name = m?.slice(1).find((s) => s !== undefined);
  if (name === undefined) return false;
  const own = line.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  return (counts.get(name) ?? 0) <= own;
}
