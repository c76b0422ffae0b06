// Compiles the answering side of the project's own pack for tests, from the files themselves.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type Asker, createAsker } from '../../src/ask/question';
import type { FieldNeed } from '../../src/ask/missing';
import { type Checklist, compileChecklist } from '../../src/ask/checklist';
import { compileFaq, type Faq } from '../../src/ask/faq';
import { createDrafter, type Drafter } from '../../src/draft/render';
import { readTemplates } from '../../src/draft/templates';
import type { ChecklistFile } from '../../src/pack/schema/checklist';
import type { FaqFile } from '../../src/pack/schema/faq';
import type { PackFile } from '../../src/pack/schema/pack';
import type { QuestionData } from '../../src/pack/schema/question';
import type { TextFile } from '../../src/pack/schema/text';
import { compileTextBook, type TextBook } from '../../src/pack/texts';

export const ROOT = path.join(__dirname, '..', '..');
const RULES = path.join(ROOT, 'rules');

export function readRule<T>(name: string): T {
  return parse(fs.readFileSync(path.join(RULES, `${name}.yaml`), 'utf8')) as T;
}

/** All files of a kind by their id, sorted by name. */
export function readKind<T>(prefix: string): Map<string, T> {
  const names = fs.readdirSync(RULES).filter((name) => name.startsWith(`${prefix}-`) && name.endsWith('.yaml'));
  return new Map(names.sort().map((name) => [name.slice(prefix.length + 1, -5), readRule<T>(name.slice(0, -5))]));
}

interface Api {
  readonly endpoint: string;
  readonly actions: readonly { action: string; params: readonly { form?: string }[] }[];
}

/** The ticket's fields as their files value them. */
export const NEEDS: readonly FieldNeed[] = [...readKind<FieldNeed>('field').values()].sort((a, b) => a.order - b.order);
export const CAUSES = [
  'login-password',
  'authorization-header',
  'ip-not-whitelisted',
  'outbound-ip-mismatch',
  'reseller-access',
  'wrong-endpoint',
  'request-format',
  'whmcs-credentials',
];
export interface AnswerPack {
  readonly pack: PackFile;
  readonly endpoint: string;
  readonly texts: TextBook;
  readonly asker: Asker;
  readonly checklist: Checklist;
  readonly faq: Faq;
  readonly drafter: Drafter;
}

export function answerPack(): AnswerPack {
  const pack = readRule<PackFile>('pack');
  const api = readRule<Api>('api');
  const files = [...readKind<TextFile>('text').values()];
  const texts = compileTextBook(files, pack.defaultLanguage, { links: pack.links, values: { endpoint: api.endpoint } });
  const withDomain = new Set(
    api.actions
      .filter(({ params }) => params.some(({ form }) => form === 'domain' || form === 'domains'))
      .map(({ action }) => action),
  );
  const questions = [...readKind<QuestionData>('question').values()];
  return {
    pack,
    endpoint: api.endpoint,
    texts,
    asker: createAsker({ questions, needs: NEEDS, withDomain, module: 'whmcs', texts }),
    checklist: compileChecklist(readRule<ChecklistFile>('checklist')),
    faq: compileFaq(readRule<FaqFile>('faq')),
    drafter: createDrafter({
      templates: readTemplates(ROOT, pack.languages),
      defaultLanguage: pack.defaultLanguage,
      texts,
      order: NEEDS.map(({ key }) => key),
      about: ['action', 'domain'],
    }),
  };
}
