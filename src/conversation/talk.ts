// What a pack says of talks, compiled once for an engine: words per language, labels of fields, commands of the egress check.
import { parseTerm, type Known, KnownIndex } from '../ask/term';
import type { Engine } from '../engine';
import { fold } from '../extract/fold';
import type { FieldKey } from '../types';
import { TalkBook } from './words';

export interface Talk {
  readonly book: TalkBook;
  /** Fields that a text names by a label, with where. */
  fieldsNamed(text: string, language: string): readonly { readonly key: FieldKey; readonly start: number }[];
  /** The command of the egress check that fits what the person said; `url` is its address. */
  egressCommand(known: readonly Known[], text: string, url: string): string | null;
}

const made = new WeakMap<Engine, Talk>();

export function talkOf(engine: Engine): Talk {
  const known = made.get(engine);
  if (known) return known;
  const { talk, languages, pack, together } = engine.pack;
  const book = new TalkBook(talk, languages, pack.defaultLanguage);
  const commands = together.egress.map((data) => ({
    terms: (data.when ?? []).map(parseTerm),
    words: (data.words ?? []).map(
      (word) => new RegExp(`(?<![a-z0-9])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').toLowerCase()}(?![a-z0-9])`),
    ),
    command: data.command,
    always: data.when === undefined && data.words === undefined,
  }));
  const labels = new Map<string, readonly { readonly key: FieldKey; readonly pattern: RegExp }[]>();
  const labelsOf = (language: string): readonly { readonly key: FieldKey; readonly pattern: RegExp }[] => {
    const list = labels.get(language);
    if (list) return list;
    const lexicon = engine.fields.lexicon(language);
    const compiled = engine.fields.fields.map((field) => {
      const label = fold(engine.textsOf(language).fields[field.key]?.label ?? field.key).replace(
        /[.*+?^${}()|[\]\\]/g,
        '\\$&',
      );
      return {
        key: field.key,
        pattern: new RegExp(
          `(?<![a-z0-9\\u0400-\\u04ff])(?:${label}|${lexicon.labels(field.form)})(?![a-z0-9\\u0400-\\u04ff])`,
        ),
      };
    });
    labels.set(language, compiled);
    return compiled;
  };
  const compiled: Talk = {
    book,
    fieldsNamed(text, language) {
      const folded = fold(text.slice(0, 1000));
      return labelsOf(language).flatMap(({ key, pattern }) => {
        const match = pattern.exec(folded);
        return match === null ? [] : [{ key, start: match.index }];
      });
    },
    egressCommand(known, text, url) {
      const index = new KnownIndex(known);
      const lower = text.toLowerCase();
      const hit = commands.find(
        ({ terms, words, always }) =>
          always || terms.some((term) => index.find(term).length > 0) || words.some((word) => word.test(lower)),
      );
      return hit === undefined ? null : hit.command.replaceAll('{url}', url);
    },
  };
  made.set(engine, compiled);
  return compiled;
}
