// Lines of prose between the lines of a snippet: to whoever reads code they are comments.

/** Words that begin a statement in some language and may be followed by nothing but words. */
const STATEMENT =
  /^(?:import|from|use|using|package|namespace|module|return|let|const|var|val|class|def|func|fn|fun|sub|function|public|private|protected|internal|static|final|abstract|export|require|include|if|elif|else|elsif|unless|for|foreach|while|until|do|begin|then|case|when|switch|try|catch|except|rescue|finally|ensure|end|with|async|await|yield|throw|raise|new|delete|del|pass|puts|print|echo|global|my|our|local|set|dim|go|defer|type|struct|interface|enum|trait|impl|pub|extends|implements|in|not|and|or)\b/i;
/** Nothing of a statement stands in it: no bracket, assignment, operator or string. */
const PLAIN = /^[^=(){}[\]<>;$"`\\|&#@*_~^+]*$/;
const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;
/** Scripts that put no blanks between words: so many letters are a sentence. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const LONGEST = 2_000;

/** End of the line that begins at `at` where it is prose, else null. Looks at this line alone. */
export function proseEnd(text: string, at: number, end: number): number | null {
  const nl = text.indexOf('\n', at);
  const stop = nl < 0 || nl > end ? end : nl;
  if (stop - at < 12 || stop - at > LONGEST) return null;
  const line = text.slice(at, stop).trim();
  // A remark in brackets, a name in quotes, a reply are part of a sentence.
  const bare = line
    .replace(/(?<=\s)\{[^{}]{1,120}\}|`[^`]{1,80}`/g, 'x')
    .replace(/(?<=\s)\([^()]{1,80}\)|(?<=\s)"[^"]{1,60}"(?=[\s,.?!:]|$)/g, 'x');
  if (!PLAIN.test(bare) || STATEMENT.test(line) || /^[-.:/'’]|\w::\w|\w->\w|,$/.test(line)) return null;
  if ((bare.match(DENSE)?.length ?? 0) >= 8) return stop;
  const words = bare.match(WORD) ?? [];
  const closed = /[.:?!…]$/.test(bare);
  return words.length >= (closed ? 4 : 6) && /\p{Ll}\p{L}* \p{L}/u.test(bare) ? stop : null;
}
