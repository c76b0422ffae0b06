// Renders ticket drafts. The only importer of Handlebars; templates come from the pack, never from a person.
import Handlebars from 'handlebars';
import { PreticketError } from '../errors';
import type { TextBook } from '../pack/texts';
import type { Draft, FieldKey } from '../types';
import { codeSpan, fencedBlock } from './markdown';
import { type DraftInput, PackText, subjectOf, type TicketView, viewTicket } from './view';

export interface DrafterData {
  /** Source of `ticket.md.hbs` by language tag. */
  readonly templates: Readonly<Record<string, string>>;
  readonly defaultLanguage: string;
  readonly texts: TextBook;
  /** Field keys in the order in which a ticket lists them. */
  readonly order: readonly FieldKey[];
  /** Fields whose values stand in the subject. */
  readonly about: readonly FieldKey[];
}

export interface Drafter {
  /** The ticket for a result, in the result's language or the default one. Takes redacted text only. */
  draft(result: DraftInput): Draft;
}

const HELPERS = { md: codeSpan, fence: fencedBlock, text: packText };

function packText(value: unknown): string {
  if (!(value instanceof PackText)) throw new TypeError('text takes a sentence of the pack');
  return value.words;
}

/** Compiles and renders every template once, full and empty. Throws PACK_INVALID naming each template that is broken. */
export function createDrafter({ templates, defaultLanguage, texts, order, about }: DrafterData): Drafter {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(HELPERS);
  const compiled = new Map<string, (view: TicketView) => string>();
  const faults: string[] = [];
  for (const [language, source] of Object.entries(templates)) {
    try {
      for (const name of barePrints(Handlebars.parse(source).body))
        throw new TypeError(`{{${name}}} prints without a helper`);
      const template = handlebars.compile<TicketView>(source, {
        noEscape: true,
        strict: true,
        knownHelpersOnly: true,
        knownHelpers: { md: true, fence: true, text: true },
      });
      const render = (view: TicketView): string => tidy(template(view));
      for (const view of [FULL, EMPTY]) render(view);
      compiled.set(language, render);
    } catch (error) {
      faults.push(`templates/${language}/ticket.md.hbs: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const fallback = compiled.get(defaultLanguage);
  if (!fallback && faults.length === 0) faults.push(`templates/${defaultLanguage}/ticket.md.hbs is missing`);
  if (!fallback || faults.length > 0)
    throw new PreticketError('PACK_INVALID', `pack: ${faults.length} fault(s)\n${faults.join('\n')}`);
  return {
    draft(result) {
      const words = texts.of(result.language);
      const render = compiled.get(result.language) ?? fallback;
      return {
        subject: subjectOf(result, words, about),
        body: render(viewTicket(result, words, order)),
        format: 'markdown',
      };
    },
  };
}

/** Expressions that print a variable by itself: a value could then be read as markup. */
function barePrints(body: readonly hbs.AST.Statement[]): string[] {
  return body.flatMap((statement) => {
    if (statement.type === 'MustacheStatement') {
      const { path, params } = statement as hbs.AST.MustacheStatement;
      const name = 'original' in path ? String(path.original) : '';
      return Object.hasOwn(HELPERS, name) && params.length === 1 ? [] : [name];
    }
    if (statement.type !== 'BlockStatement') return [];
    const { program, inverse } = statement as hbs.AST.BlockStatement;
    return [program, inverse].flatMap((part) => barePrints((part as hbs.AST.Program | undefined)?.body ?? []));
  });
}

/** One empty line between blocks at most, outside fenced blocks; one line end at the end. */
function tidy(markdown: string): string {
  const lines: string[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && line === fence) fence = '';
    const kept = fence === '' ? line.trimEnd() : line;
    if (kept === '' && fence === '' && (lines.at(-1) ?? '') === '') continue;
    lines.push(kept);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const sample = new PackText('sample');
const step = { step: sample, text: sample, state: sample, quote: 'sample' };
const EMPTY: TicketView = {
  title: null,
  likelihood: null,
  percent: null,
  undecided: sample,
  fields: [],
  evidence: [],
  faults: [],
  corrected: null,
  checked: [],
  open: [],
  removed: [],
  message: null,
};
const FULL: TicketView = {
  title: sample,
  likelihood: sample,
  percent: sample,
  undecided: sample,
  fields: [
    { label: sample, value: 'sample', unknown: false },
    { label: sample, value: null, unknown: true },
    { label: sample, value: null, unknown: false },
  ],
  evidence: ['sample'],
  faults: [
    { text: sample, suggestion: sample },
    { text: sample, suggestion: null },
  ],
  corrected: 'sample',
  checked: [step, { ...step, quote: null }],
  open: [step],
  removed: [{ kind: sample, count: sample }],
  message: 'sample',
};
