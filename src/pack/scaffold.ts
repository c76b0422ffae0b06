// New parts of a pack as text: what `rules new` puts into which file. Reads and writes nothing; all else in a file stays as it is, comments too.
import { isCollection, parseDocument } from 'yaml';
import { PreticketError } from '../errors';
import type { CauseData } from './schema/cause';
import type { LangData } from './schema/lang';
import type { PackFile } from './schema/pack';

/** Files that change or are new, by their names as `readFiles` has them; and what a person does next, a line each. */
export interface Scaffold {
  readonly files: ReadonlyMap<string, string>;
  readonly next: readonly string[];
}

type Files = ReadonlyMap<string, string>;

const ID = /^[a-z][a-z0-9-]{0,59}$/;
const RULE_ID = /^([a-z][a-z0-9-]{0,59})\.([a-z0-9][a-z0-9-]{0,59})$/;
const TAG = /^[a-z]{2,3}(-[A-Z]{2})?$/;

function usage(message: string): PreticketError {
  return new PreticketError('USAGE', `rules new: ${message}`);
}

function textOf(files: Files, file: string): string {
  const text = files.get(file);
  if (text === undefined) throw usage(`${file} is not in the pack`);
  return text;
}

const dataOf = <T>(files: Files, file: string): T => parseDocument(textOf(files, file)).toJS() as T;

/** Puts `block`, written for two blanks of indent, behind the last member of the collection `key`; an empty or one-line collection is refused. */
function append(text: string, key: string, block: string, file: string): string {
  const node = parseDocument(text).get(key, true);
  const end = isCollection(node) && node.flow !== true ? node.range?.[1] : undefined;
  if (end === undefined) throw usage(`${file}: "${key}" is not a list or map over several lines`);
  const head = text.slice(0, end).trimEnd();
  const rest = text.slice(end).replace(/^\n*/, '');
  return `${head}\n${block}${rest}`;
}

/** A rule that fires on words which nobody writes: complete, so that it can be tried at once, and without weight in practice. */
function draftRule(id: string): string {
  const words = `words that stand for ${id.replace('.', ' ')}`;
  return `  - id: ${id}
    status: draft
    why: Why these words speak for the cause (or against it, with a negative weight).
    source: where this is known from (guide, public issue, vendor page)
    when: { pattern: '\\b${words}\\b' }
    weight: 1
    fooledBy: who else would say this
    examples:
      fires: ['${words}']
      silent: [what sounds alike and means something else]
`;
}

/** `id`: CAUSE.NAME. A draft rule at the end of its cause's file. */
export function newRule(id: string, files: Files): Scaffold {
  const [, cause = ''] = RULE_ID.exec(id) ?? [];
  if (cause === '') throw usage('a rule is called CAUSE.NAME, in small letters, digits and -');
  const file = `cause-${cause}.yaml`;
  if (!files.has(file)) throw usage(`there is no cause of that name; rules new cause makes one`);
  if (dataOf<CauseData>(files, file).rules.some((rule) => rule.id === id)) throw usage('a rule of that id is there');
  const text = append(textOf(files, file), 'rules', draftRule(id), file);
  return {
    files: new Map([[file, text]]),
    next: [
      `rules/${file}: say why, from where, when it fires, and examples; concepts (lang-*.yaml) rather than a pattern`,
      'npx preticket rules lint && npx preticket rules test',
      'status: trial once it is right; its weight is fitted by rules fit',
    ],
  };
}

/** A cause with one draft rule, and its words in every language, to be written. */
export function newCause(id: string, files: Files): Scaffold {
  if (!ID.test(id)) throw usage('a cause is called in small letters, digits and -');
  const file = `cause-${id}.yaml`;
  if (files.has(file)) throw usage('a cause of that name is there');
  const numbers = [...files.keys()]
    .filter((name) => /^cause-.*\.yaml$/.test(name))
    .map((name) => dataOf<CauseData>(files, name).number);
  const changed = new Map([
    [
      file,
      `# yaml-language-server: $schema=./schema/cause.json
# What this cause is, in one sentence.
id: ${id}
number: ${Math.max(0, ...numbers) + 1}
rules:
${draftRule(`${id}.first`)}`,
    ],
  ]);
  const words = `  ${id}:
    title: '[${id}] title'
    short: '[${id}]'
    fixes:
      - '[${id}] first step'
`;
  for (const name of files.keys())
    if (/^text-.*\.yaml$/.test(name)) changed.set(name, append(textOf(files, name), 'causes', words, name));
  return {
    files: changed,
    next: [
      `rules/${file}: its rules`,
      'rules/text-*.yaml: title, short and fixes in each language, marked by square brackets now',
      'rules/question-*.yaml: what an answer tells about it, where the default does not fit',
      'npx preticket rules lint && npx preticket rules test; then rules fit with labelled items',
    ],
  };
}

/** `tag`: BCP 47. Files that hold the default language's sentences until they are translated; no words yet, so nothing is taken for it. */
export function newLanguage(tag: string, files: Files): Scaffold {
  if (!TAG.test(tag)) throw usage('a language is called by its BCP 47 tag, such as fr or pt-BR');
  if (files.has(`lang-${tag}.yaml`)) throw usage('that language is there');
  const { defaultLanguage } = dataOf<PackFile>(files, 'pack.yaml');
  const concepts = [...files.keys()]
    .filter((name) => /^lang-.*\.yaml$/.test(name))
    .flatMap((name) => Object.keys(dataOf<LangData>(files, name).concepts));
  const lacks = [...new Set(concepts)].map((name) => `  - ${name}\n`).join('');
  const changed = new Map([
    [
      `lang-${tag}.yaml`,
      `# yaml-language-server: $schema=./schema/lang.json
# Words and phrases of this language, mapped to concepts. What gets its words here goes out of "lacks".
language: ${tag}
name: ${tag}
script: latin
tolerateFrom: 0
# Frequent words: without them no text is taken for this language.
common: []
function: []
concepts: {}
lacks:
${lacks}`,
    ],
  ]);
  for (const kind of ['text', 'talk', 'redact-speech']) {
    const text = textOf(files, `${kind}-${defaultLanguage}.yaml`);
    changed.set(`${kind}-${tag}.yaml`, text.replace(/^language: .*$/m, `language: ${tag}`));
  }
  const template = `templates/${defaultLanguage}/ticket.md.hbs`;
  changed.set(`templates/${tag}/ticket.md.hbs`, textOf(files, template));
  const pack = textOf(files, 'pack.yaml');
  const languages = parseDocument(pack).get('languages', true);
  const end = isCollection(languages) ? languages.range?.[1] : undefined;
  if (end === undefined) throw usage('pack.yaml: languages is not a list');
  const isFlow = isCollection(languages) && languages.flow === true;
  changed.set(
    'pack.yaml',
    isFlow
      ? `${pack.slice(0, end - 1)}, ${tag}]${pack.slice(end)}`
      : append(pack, 'languages', `  - ${tag}\n`, 'pack.yaml'),
  );
  return {
    files: changed,
    next: [
      `rules/lang-${tag}.yaml: frequent words, a stemmer where there is one, and words for each concept`,
      `rules/text-${tag}.yaml and templates/${tag}/ticket.md.hbs: translate every sentence`,
      `rules/talk-${tag}.yaml, rules/redact-speech-${tag}.yaml: how people answer, and how they tell a password`,
      'npx preticket rules lint && npx preticket rules test',
    ],
  };
}

/** `id`: of a credential that gives itself away by its form. */
export function newRedaction(id: string, files: Files): Scaffold {
  if (!ID.test(id)) throw usage('a credential is called in small letters, digits and -');
  const file = 'redact-shapes.yaml';
  const { shapes } = dataOf<{ shapes: readonly { id: string }[] }>(files, file);
  if (shapes.some((shape) => shape.id === id)) throw usage('a credential of that name is there');
  const start = `${id.replaceAll('-', '_')}_`;
  const block = `  - id: ${id}
    kind: token
    why: Whose credential this is, and what it opens.
    source: the vendor's page that says its form
    starts: [${start}]
    pattern: '${start}[A-Za-z0-9]{16,}'
    examples: { fires: ['uses ${start}0aB1cD2eF3gH4iJ5'], silent: ['the ${start} prefix'] }
    mustHave: digit
`;
  return {
    files: new Map([[file, append(textOf(files, file), 'shapes', block, file)]]),
    next: [`rules/${file}: its real beginning and form, with examples built by hand`, 'npx preticket rules test'],
  };
}

/** All of this pack under another name, as the start of another product's. What was fitted to this one is left out. */
export function newPack(name: string, files: Files): Scaffold {
  if (!ID.test(name)) throw usage('the folder of a pack is called in small letters, digits and -');
  const changed = new Map([...files].filter(([file]) => file.endsWith('.yaml') || file.endsWith('.hbs')));
  changed.set('pack.yaml', textOf(files, 'pack.yaml').replace(/^name: .*$/m, `name: ${name}`));
  return {
    files: changed,
    next: [
      'rules/pack.yaml: links, languages; rules/api.yaml: the API as its documentation describes it',
      'rules/cause-*.yaml: the causes, one after the other (rules new cause, rules new rule); it lints at every step',
      'rules/text-*.yaml, question-*.yaml, field-*.yaml, checklist.yaml, faq.yaml: what is asked and said',
      'PACK_DIR=… npx preticket rules lint && PACK_DIR=… npx preticket rules test; PACK_DIR=… npx preticket serve',
    ],
  };
}
