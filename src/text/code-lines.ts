// Finds the lines of a program in a text, by shape alone: their words are names and say nothing of what happened.

type Kind = 'plain' | 'likely' | 'comment' | 'blank' | 'other';

const LONGEST = 400;
/** What only a program holds. */
const PLAIN = [
  /^\s*(?:<\?php|#!\/)/,
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function|class|interface|struct|enum|trait|impl|namespace|module)\b[^.!?]*[({:]?\s*$/,
  /^\s*(?:pub\s+|public\s+|private\s+|protected\s+|internal\s+|static\s+|final\s+|override\s+|async\s+)*(?:def|func|fun|fn|function|sub)\s+[\w.:]+\s*[({]?/,
  /^\s*(?:public|private|protected|internal|static|readonly)\s+[\w<>?[\],. ]+(?:[({;=]|\s*$)/,
  /^\s*(?:export\s+)?(?:const|let|var|val|my|local|our|dim|auto|final)\s+[\w$@%{[(][^:]*(?::[^=]*)?=/i,
  /^\s*(?:import|using|use|package|require_once|include)\s+[\w.*{"'\\<@/ ,}]+(?:\s+from\s+["'][^"']+["'])?;?\s*$/,
  /^\s*from\s+[\w.]+\s+import\s/,
  /^\s*\$\w+(?:->\w+|\[[^\]]*\])*\s*(?:\.?=|->\w+\()/,
  /^\s*(?:if|for|foreach|while|switch|elseif|else if|catch|except|with|unless|match)\b\s*\(?.*[({:]\s*$/,
  /^\s*(?:return|throw|raise|await|yield|echo|print|puts|die|exit)\b.*(?:[;({[]\s*$|\w\(.*\))/,
  /^\s*(?:try|else|finally|begin|do|loop)\s*[{:]\s*$/,
  /^\s*@\w[\w.]*(?:\(.*\))?\s*$/,
  /^\s*(?:[\w$@]+(?:\.|->|::))*[\w$@]+!?\s*\(.*[;({[,]\s*$/,
  /^\s*[\w$@.]+(?:\[[^\]]*\])?\s*(?::=|\.?=|\+=)\s*(?:await\s+|new\s+)?[\w$@.:<>]+(?:\(|\{|\[|`|f?["'])/,
  /^\s*[\w$@.]+\s*(?::=|=)\s*[^\s"'].*;\s*$/,
];
/** What a program's line often looks like: it counts beside a plain one. */
const LIKELY = [
  /[;{([]\s*$/,
  /^\s*[)}\]]+[\s;,.)}\]]*$/,
  /^\s*(?:\.|->|::|\?\.)\w+/,
  /^\s{2,}(?:["'`][\w .-]+["'`]|[\w$]+)\s*(?:=>|:|=)\s*\S.*,?\s*$/,
  /^\s{2,}[^\s].*[,)]\s*$/,
  /\)\s*[;,)]?\s*$/,
  /=>|->|::|\$\w|\w\(.*\)|&&|\|\|/,
  /^\s*(?:end|fi|done|endif|endforeach|esac)\s*;?\s*$/,
];
/** A reply, a log line, a header, a prompt or a command is none, however it looks. */
const NONE = [
  /^\s*(?:=>|->|<-|→)\s/,
  /^\s*[\w.\\]+(?:Exception|Error|Header|Warning)\b[:(]/,
  /^\s*\{\s*["']?(?:code|msg|message|error|status|success)\b/i,
  /^\s*(?:\[?\d{4}-\d{2}-\d{2}[T ]|\[\d{2}\/|\d{2}:\d{2}:\d{2})/,
  /^\s*(?:[<>*]\s|HTTP\/\d|[A-Z][A-Za-z]+(?:-[A-Za-z]+)+: )/,
  /^\s*(?:[$%❯➜]\s|PS [A-Z]:|curl\s|wget\s|https?\s)/,
  /^\s*(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|NOTICE|TRACE)\b/,
];
const COMMENT = /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?!!)|--\s|;\s|"{3}|'{3})/;
const LEAST_LINES = 2;

/** Per line, whether it belongs to a program. Comments and blank lines within one do not. */
export function codeLines(lines: readonly string[]): boolean[] {
  const kinds = lines.map(kindOf);
  const code = lines.map(() => false);
  let from = 0;
  while (from < kinds.length) {
    if (kinds[from] === 'other' || kinds[from] === 'blank') {
      from++;
      continue;
    }
    let to = from;
    let last = from;
    while (to < kinds.length && kinds[to] !== 'other') {
      // After two blank lines something else begins.
      if (kinds[to] === 'blank' && kinds[to + 1] === 'blank') break;
      if (kinds[to] !== 'blank') last = to;
      to++;
    }
    const run = kinds.slice(from, last + 1);
    if (run.includes('plain') && run.filter(isCode).length >= LEAST_LINES)
      run.forEach((kind, i) => (code[from + i] = isCode(kind)));
    from = last + 1;
  }
  return code;
}

/** Where a comment begins in a program's line; undefined where none does. */
export function commentColumn(line: string): number | undefined {
  return /(?<=^|\s)(?:\/\/|\/\*|#|--)\s/.exec(line)?.index;
}

const isCode = (kind: Kind): boolean => kind === 'plain' || kind === 'likely';

function kindOf(line: string): Kind {
  const sample = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  if (sample.trim() === '') return 'blank';
  if (NONE.some((shape) => shape.test(sample))) return 'other';
  if (COMMENT.test(sample)) return 'comment';
  if (PLAIN.some((shape) => shape.test(sample))) return 'plain';
  return LIKELY.some((shape) => shape.test(sample)) ? 'likely' : 'other';
}
