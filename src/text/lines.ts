// Tells a person's words from what a machine printed, line by line, by shape alone.

import { codeLines } from './code-lines';

/** `prose`: a person writes; `artefact`: log, header, dump, comment; `code`: a program; `quote`: somebody else's words, quoted. */
export type Zone = 'prose' | 'artefact' | 'code' | 'quote';

const ARTEFACT_STARTS = [
  /^\s*(?:\[?\d{4}-\d{2}-\d{2}[T ]|\[\d{2}\/[A-Z][a-z]{2}\/\d{4}|\d{2}:\d{2}:\d{2}[.,]|[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} )/,
  /^\s*[$#%❯➜] \S/,
  /^\s*PS [A-Z]:/,
  /^\s*[<>*]\s(?:[A-Z]{3,7} \/|HTTP\/|[A-Za-z-]{2,40}:|\s*$|[A-Za-z ]{3,40}(?::|\d))/,
  /^\s*(?:HTTP\/\d|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?:https?:|\/)|curl |wget |https? )/,
  /^\s*[A-Za-z][A-Za-z0-9]{1,30}(?:-[A-Za-z0-9]{1,30}){1,5}: ?\S/,
  /^\s*(?:Authorization|Host|Accept|Cookie|Location|Server): ?\S/i,
  /^\s*at [\w$.<>]+[ (]/,
  /^\s*File "[^"]{1,200}", line \d/,
  /^\s*#\d{1,3} /,
  /^\s*[{}[\]()]+[,;]?\s*$/,
  /^\s*["'][\w .-]{1,60}["']\s*(?::|=>)/,
  /^\s*\[[\w .-]{1,60}\]\s*(?:=>|=)/,
  /^\s*(?:export |set |define\(|const |let |var |import |from \w+ import|require|use [A-Z]|using |package |func |def |public |private |return |if \(|for \(|try|catch|\}|\/\/|\/\*|<\?php|<\/?[a-z][\w-]*[ >])/,
  /^\s*[A-Z][A-Z0-9_]{2,60}\s?=/,
  /^\s*\$[a-zA-Z_]\w*\s*(?:=|->|\[)/,
  /^\s*[\w.-]{1,60}\s?=\s?\S/,
  /^\s*(?:Traceback|Caused by:|Stack trace:|Array$|stdClass Object|\(|\)|[-=]{3,}|-{2,}\s)/,
  /^\s*[\w.\\]{1,100}(?:Exception|Error)\b[:(]/,
  /^\s*(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|NOTICE|CRITICAL)\b/,
  /^\s*curl: \(\d/,
];
const QUOTED = /^\s*(?:>|&gt;)+\s?\S/;
const SYMBOL = /[^\p{L}\p{N}\s.,!?'’"()，。！？、：；-]/gu;

function looksPrinted(line: string): boolean {
  const sample = line.length > 400 ? line.slice(0, 400) : line;
  if (ARTEFACT_STARTS.some((shape) => shape.test(sample))) return true;
  const symbols = sample.match(SYMBOL)?.length ?? 0;
  const length = sample.trim().length;
  return length > 12 && symbols / length > 0.17;
}

/** The zone of every line of `text`, by line number. Fenced blocks hold no prose. */
export function lineZones(text: string, limit = 65536): Zone[] {
  const zones: Zone[] = [];
  let fenced = false;
  const lines = (text.length > limit ? text.slice(0, limit) : text).split('\n');
  const code = codeLines(lines);
  for (const [number, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      zones.push('artefact');
    } else if (code[number] === true) zones.push('code');
    else if (fenced) zones.push('artefact');
    else if (looksPrinted(line)) zones.push('artefact');
    else if (QUOTED.test(line)) zones.push('quote');
    else zones.push('prose');
  }
  return zones;
}
