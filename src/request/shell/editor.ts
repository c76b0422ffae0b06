// How headers and parameters are written into a shell command.

import type { Edit, Span, Value } from '../model';
import type { RequestDraft } from '../draft';
import type { Command } from './words';

export interface CommandEditor {
  /** Text in the quotes of this shell. */
  quoted(text: string): string;
  addHeader(name: string, value: Value, at: number): Edit[];
  replace(span: Span, name: string, value: Value): Edit[];
  /** A JSON text as one word. */
  json(text: string): string;
  addQuery(draft: RequestDraft, name: string, value: string): Edit[] | null;
}

/** @param flag header option of the client, `-H` or `--header`; a flag that ends in `=` takes its value at once */
export function commandEditor(command: Command, flag: string): CommandEditor {
  const { shell, text: source } = command;
  const variable = (name: string): string =>
    shell === 'cmd'
      ? `%${name}%`
      : /^\w+$/.test(name)
        ? `$${name}`
        : /^[\w:]+$/.test(name)
          ? `\${${name}}`
          : `$(${name})`;
  const quoted = (text: string): string => `"${text}"`;
  /** As the person wrote it, where it is a variable of the shell's and stands in the command. */
  const spelling = (p: Value['pieces'][number]): string | null => {
    const s = p.end - p.start < 120 ? source.slice(p.start, p.end) : '';
    return /^[$%]/.test(s) && s.includes(p.text) && p.start >= command.start && p.end <= command.end ? s : null;
  };
  const header = (name: string, value: Value, own = flag): string => {
    const text = value.pieces.map((p) =>
      p.kind === 'variable'
        ? (spelling(p) ?? variable(p.text))
        : p.kind === 'text'
          ? p.text.replace(shell === 'posix' ? /["\\$`]/g : /"/g, shell === 'powershell' ? '`$&' : '\\$&')
          : p.text,
    );
    return `${own}${own.endsWith('=') ? '' : ' '}${quoted(`${name}: ${text.join('')}`)}`;
  };
  return {
    quoted,
    json: (text) =>
      shell !== 'posix'
        ? `"${text.replace(/"/g, '\\"')}"`
        : text.includes("'") || /\$[A-Za-z_{]/.test(text)
          ? `"${text.replace(/["\\`]/g, '\\$&')}"`
          : `'${text}'`,
    addHeader: (name, value, at) => [{ start: at, end: at, text: ` ${header(name, value)}` }],
    replace: (span, name, value) => {
      const own = /^(?:-H|--header)(?==|[ \t])=?/.exec(source.slice(span.start, span.start + 12))?.[0];
      return [{ start: span.start, end: span.end, text: header(name, value, own ?? flag) }];
    },
    addQuery: (draft, name, value) => {
      const last = draft.query.at(-1);
      const at = last?.end ?? draft.url?.value.pieces.at(-1)?.end;
      return at === undefined
        ? null
        : [{ start: at, end: at, text: `${last === undefined ? '?' : '&'}${name}=${value}` }];
    },
  };
}
