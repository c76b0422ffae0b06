// What stands between a name and its value: closing quotes, `:`/`=`/`=>`, elements, argument commas, type marks.
import { matchAt } from '../finding';

/** How the value is reached from the name. */
export interface Separator {
  /** Offset at which the value (or its opening quote) begins. */
  readonly at: number;
  readonly style:
    | 'equals' // name=value, glued
    | 'assign' // name = value, name := value, name => value
    | 'colon'
    | 'element' // <name>value</name> and cells
    | 'argument' // ("name", value
    | 'call' // name('value')
    | 'cell' // name | value, name TAB value
    | 'part' // form-data: the value is a line
    | 'length' // serialize: s:8:"name";s:5:"value"
    | 'blank';
}

const CLOSERS = /(?:\\{0,15}["'`]|\*{1,2}|&(?:quot|#0?3[49]|apos);|[\])}]){0,5}/y;
const MARK = /([ \t]{0,8})(=>|->|:=|==?|<-|::?|→|➜|⇒)(?!=)[ \t]{0,40}/y;
const MEMBER = /["']?(?::["'\w\\]{1,80})?:(?:private|protected)\]\s{0,4}=>(?:\s{1,80}(?=string\(\d+\))|[ \t]{0,8})/y;
const CELL = /[ \t]{0,60}(?:\||\t|│|┃)[ \t]{0,60}/y;
const ARGUMENT = /\s{0,4},\s{0,40}(?=(?:[bBrRuUfF@$]{0,2})\\{0,15}["'`])/y;
const LENGTH = /\\{0,15}"?;s:\d+:(?=\\{0,15}")/y;
const NAMED =
  /[\s,;]{0,60}(?:\\{0,15}["']?(?:type|secret|sensitive|masked|kind|id|enabled|disabled|class|autocomplete|size|description|required|key|uuid)\\{0,15}["']?\s{0,3}[:=]\s{0,3}\\{0,15}["']?[\w -]{0,40}\\{0,15}["']?[\s,;]{1,40}){0,4}(?:-\s)?\\{0,15}["']?(?:value|content|val|default|defaultvalue|defaultValue|Value|initial_value)\\{0,15}["']?\s{0,4}(?:=>|[:=])\s{0,8}/y;
const NAME_BEFORE =
  /(?:^|[^\w])(?:name|key|id|field|variable|header|param|property|setting|option|label|Name|Key|n|k)\\{0,15}["']?\s{0,3}(?:=>|[:=])\s{0,3}\\{0,15}["'`]?$/;
const PART = /"?[^\n">]{0,80}\r?\n(?:[\w-]+:[^\n]{0,200}\r?\n){0,3}\r?\n/y;
const ATTRIBUTE_END = /(?:\s[^<>\n]{0,200})?>(?:<!\[CDATA\[)?/y;
const NEXT_ELEMENT = /<\/[\w:]{1,40}>\s{0,80}(?:<[\w:]{1,40}(?:\s[^<>\n]{0,80})?>\s{0,20}){1,3}(?:<!\[CDATA\[)?/y;
const TYPE_MARK =
  /(?:(?:string|str|text)\s?\(\d+\)\s?|s:\d+:|\(string\)\s?|!!(?:str|binary)\s|(?:new\s)?(?:String|Secret|SecretStr|Buffer\.from|SecureString|std::string|to_string|env\.str)\(\s?|Some\(\s{0,80}(?=")|\[\s?(?=\\{0,15}["'])|(?:&?(?:'\w{1,20}\s)?str|[A-Za-z][\w<>]{1,20})\??\s{0,3}=\s{0,3}(?=["'`]))/y;
const ARROW_BREAK = /=>\s{1,80}(?=string\(\d+\)|["'])/y;

/** The separator behind a name that ends at `end` and begins at `start`, or undefined. */
export function separatorAfter(text: string, start: number, end: number): Separator | undefined {
  const before = text[start - 1];
  if (before === '<' || (before === ':' && /<[\w-]{1,30}:$/.test(text.slice(Math.max(0, start - 32), start)))) {
    if (matchAt(ATTRIBUTE_END, text, end) !== null) return { at: ATTRIBUTE_END.lastIndex, style: 'element' };
  }
  if (before === '>' && matchAt(NEXT_ELEMENT, text, end) !== null)
    return { at: NEXT_ELEMENT.lastIndex, style: 'element' };
  if (matchAt(MEMBER, text, end) !== null) return { at: skipType(text, MEMBER.lastIndex), style: 'assign' };
  CLOSERS.lastIndex = end;
  CLOSERS.exec(text);
  let p = Math.max(end, CLOSERS.lastIndex);
  // `secret(hex)=…`, `sApiPass As String = …`
  const noted = matchAt(/\(\w{1,12}\)(?=\s?[=:])|\s+As\s+(?:New\s+)?\w{1,20}(?=\s{0,3}=)/y, text, p);
  if (noted !== null) p += noted[0].length;
  const closed = p > end;
  if (closed || before === ' ' || before === '=') {
    const head = text.slice(Math.max(0, start - 40), start);
    if (NAME_BEFORE.test(head)) {
      if (matchAt(NAMED, text, p) !== null) return { at: skipType(text, NAMED.lastIndex), style: 'assign' };
      if (matchAt(PART, text, p) !== null && /form-data|name=/.test(text.slice(Math.max(0, start - 80), start))) {
        return { at: PART.lastIndex, style: 'part' };
      }
    }
  }
  if (matchAt(LENGTH, text, end) !== null) return { at: LENGTH.lastIndex, style: 'length' };
  if (matchAt(ARROW_BREAK, text, p) !== null) return { at: skipType(text, ARROW_BREAK.lastIndex), style: 'assign' };
  const mark = matchAt(MARK, text, p);
  if (mark !== null) {
    let at = MARK.lastIndex;
    const sign = mark[2] ?? '';
    // Markdown: **Password:** value
    if (text.startsWith('**', at)) at += text[at + 2] === ' ' ? 3 : 2;
    const glued = sign.startsWith('=') && sign !== '=>' && mark[0].length === sign.length;
    const style = sign.startsWith(':') && sign !== ':=' ? 'colon' : glued ? 'equals' : 'assign';
    return { at: skipType(text, at), style };
  }
  if (matchAt(CELL, text, p) !== null) return { at: CELL.lastIndex, style: 'cell' };
  // A line of an export: name;value or name,value
  if ((text[p] === ';' || text[p] === ',') && isRow(text, start, p)) return { at: p + 1, style: 'cell' };
  if (closed && text[p] === '>' && NAME_BEFORE.test(text.slice(Math.max(0, start - 40), start)))
    return { at: p + 1, style: 'element' };
  const constant = /^[A-Z][A-Z\d_]+$/.test(text.slice(start, end));
  const whole = closed && /["'`]/.test(before ?? '');
  if ((whole || constant) && matchAt(ARGUMENT, text, p) !== null) return { at: ARGUMENT.lastIndex, style: 'argument' };
  if (text[end] === '(') {
    const at = skipType(text, end + 1);
    if (!/["'`]/.test(text[at] ?? '')) return undefined;
    // More than one argument: not this reader's business.
    return /^(["'`])[^"'`\n]{0,200}\1\s{0,3},/.test(text.slice(at, at + 220)) ? undefined : { at, style: 'call' };
  }
  return undefined;
}

function isRow(text: string, start: number, at: number): boolean {
  const head = text.slice(Math.max(0, start - 3), start);
  if (!/(?:^|\n)["']?$/.test(head)) return false;
  const row = text.slice(at + 1, at + 200).split('\n', 1)[0] ?? '';
  return row !== '' && !/\s/.test(row.trimEnd()) && !row.includes(text[at] ?? ';');
}

function skipType(text: string, at: number): number {
  let p = at;
  for (let i = 0; i < 2; i++) {
    if (matchAt(TYPE_MARK, text, p) === null) break;
    p = TYPE_MARK.lastIndex;
  }
  return p;
}
