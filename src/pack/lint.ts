// Checks of a pack that a schema cannot make: references, ids, phrases, patterns. Reports every fault with its place.
import { faultOfPattern } from './pattern';
import type { PackDocument, PackFault } from './parse';
import type { CauseData, Condition } from './schema/cause';
import type { LangData } from './schema/lang';
import type { PackFile } from './schema/pack';

/** All faults of checked documents, in order of file and place. */
export function lintPack(documents: readonly PackDocument[]): PackFault[] {
  const faults: PackFault[] = [];
  const report = (document: PackDocument, path: readonly (string | number)[], message: string): void => {
    faults.push({ file: document.file, ...document.place(path), message });
  };
  const ofKind = (prefix: string): PackDocument[] => documents.filter((document) => document.kind.prefix === prefix);
  const pack = ofKind('pack')[0];
  const languages = ofKind('lang');
  const fallback = (pack?.data as PackFile | undefined)?.defaultLanguage ?? '';
  const concepts = new Set(languages.flatMap((d) => Object.keys((d.data as LangData).concepts)));

  const seen = new Map<string, string>();
  for (const document of ofKind('cause')) {
    const cause = document.data as CauseData;
    const name = `cause-${cause.id}.yaml`;
    if (document.file !== name) report(document, ['id'], `the file of cause ${cause.id} must be called ${name}`);
    cause.rules.forEach((rule, i) => {
      const at = ['rules', i];
      if (!rule.id.startsWith(`${cause.id}.`)) report(document, [...at, 'id'], `id must begin with ${cause.id}.`);
      const other = seen.get(rule.id);
      if (other !== undefined) report(document, [...at, 'id'], `id ${rule.id} stands in ${other} already`);
      seen.set(rule.id, document.file);
      if (rule.weight === 0) report(document, [...at, 'weight'], 'weight 0 says nothing; retire the rule');
      if (rule.bounds && (rule.bounds[0] > rule.weight || rule.bounds[1] < rule.weight))
        report(document, [...at, 'bounds'], 'the weight is outside its bounds');
      if (rule.status === 'retired' && rule.replacedBy === undefined)
        report(document, at, 'a retired rule names its successor in replacedBy, or "none"');
      for (const key of ['when', 'unless'] as const) {
        const condition = rule[key];
        if (condition)
          lintCondition(condition, [...at, key], concepts, (path, message) => report(document, path, message));
      }
    });
  }

  for (const document of documents) {
    if (document.kind.prefix === 'lang') lintLanguage(document, report);
    else if (!document.kind.prefix.startsWith('redact')) {
      walkStrings(document.data, [], (text, path) => {
        for (const [, name] of text.matchAll(/\bconcept:!?([a-z0-9-]+)/g)) {
          if (name !== undefined && !concepts.has(name)) report(document, path, `unknown concept ${name}`);
        }
      });
    }
  }
  for (const document of languages) {
    const { language, concepts: own, lacks } = document.data as LangData;
    if (language === fallback) continue;
    const allowed = new Set(lacks ?? []);
    const absent = [...concepts].filter((name) => !(name in own) && !allowed.has(name));
    if (absent.length > 0)
      report(document, ['concepts'], `lacks words for ${absent.join(', ')}; add them or say so in "lacks"`);
  }
  return faults;
}

type Report = (path: readonly (string | number)[], message: string) => void;

function lintCondition(
  condition: Condition,
  path: readonly (string | number)[],
  concepts: ReadonlySet<string>,
  report: Report,
): void {
  for (const name of condition.concepts ?? []) {
    if (!concepts.has(name.replace(/^[!+]/, ''))) report([...path, 'concepts'], `unknown concept ${name}`);
  }
  if (condition.pattern !== undefined) {
    const fault = faultOfPattern(condition.pattern);
    if (fault !== null) report([...path, 'pattern'], `pattern ${fault}`);
  }
  condition.all?.forEach((part, i) => lintCondition(part, [...path, 'all', i], concepts, report));
  condition.any?.forEach((part, i) => lintCondition(part, [...path, 'any', i], concepts, report));
  if (condition.not) lintCondition(condition.not, [...path, 'not'], concepts, report);
}

const MOST_GAPS = 3;

function lintLanguage(
  document: PackDocument,
  report: (d: PackDocument, path: readonly (string | number)[], message: string) => void,
): void {
  const { concepts } = document.data as LangData;
  for (const [name, phrases] of Object.entries(concepts)) {
    const seen = new Set<string>();
    phrases.map(String).forEach((phrase, i) => {
      const path = ['concepts', name, i];
      const parts = phrase.trim().split(/\s+/);
      if (phrase.trim() === '') report(document, path, 'empty phrase');
      if (parts[0]?.startsWith('?') === true || parts[0]?.startsWith('..') === true)
        report(document, path, 'a phrase begins with a word that must stand there');
      if (parts.at(-1)?.startsWith('..') === true) report(document, path, 'a phrase does not end with a gap');
      if (parts.filter((part) => part === '..' || part === '...').length > MOST_GAPS)
        report(document, path, `more than ${MOST_GAPS} gaps`);
      if (seen.has(phrase)) report(document, path, `"${phrase}" stands twice`);
      seen.add(phrase);
    });
  }
}

function walkStrings(
  value: unknown,
  path: readonly (string | number)[],
  visit: (text: string, path: readonly (string | number)[]) => void,
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) value.forEach((part, i) => walkStrings(part, [...path, i], visit));
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) walkStrings(part, [...path, key], visit);
}
