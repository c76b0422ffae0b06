// The rule playground: a text in, what the engine made of it out. Everything shown is redacted text.
import { byId, make } from '../dom';
import { drawBars } from './bars';
import { send } from './call';
import { word } from './words';

interface Explanation {
  readonly result: {
    readonly cause: string | null;
    readonly language: string;
    readonly text: string;
    readonly causes: readonly { readonly id: string; readonly title: string; readonly probability: number }[];
  };
  readonly mentions: readonly { readonly concept: string; readonly negated: boolean; readonly quote: string }[];
  readonly facts: readonly { readonly fact: string; readonly quote: string }[];
  readonly fired: readonly {
    readonly id: string;
    readonly weight: number;
    readonly why: string;
    readonly quote: string;
  }[];
  readonly near: readonly { readonly id: string; readonly quote: string }[];
  readonly scores: readonly { readonly id: string; readonly score: number }[];
}

const MOST_BARS = 6;

export function startPlayground(): void {
  const form = byId<HTMLFormElement>('try');
  const text = byId<HTMLTextAreaElement>('text');
  const tried = byId('tried');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return text.focus();
    tried.textContent = word('working');
    void send<Explanation>('/admin/explain', { text: text.value }).then(
      (explanation) => {
        tried.textContent = '';
        show(explanation);
      },
      (error: Error) => (tried.textContent = word(error.message)),
    );
  });
}

function show({ result, mentions, facts, fired, near, scores }: Explanation): void {
  byId('result').hidden = false;
  const verdict = result.causes.find(({ id }) => id === result.cause)?.title ?? word('none-of-them');
  byId('verdict').textContent = verdict;
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(result.language) ?? result.language;
  byId('language').textContent = word('language', { language });
  byId('read').textContent = result.text;
  drawBars(
    'probabilities',
    result.causes.slice(0, MOST_BARS).map(({ id, probability }) => ({
      name: id,
      value: probability,
      shown: `${(probability * 100).toFixed(1)} %`,
    })),
  );
  const strongest = [...fired].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const rows = strongest.map(({ id, weight, why, quote }) => {
    const signed = `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`;
    return make(
      'tr',
      '',
      make('td', `number ${weight < 0 ? 'against' : 'for'}`, signed),
      make('td', 'id', id),
      make('td', '', make('q', '', quote)),
      make('td', 'soft', why),
    );
  });
  byId('fired').replaceChildren(...(rows.length > 0 ? rows : [emptyRow(4)]));
  byId('near').replaceChildren(
    ...orNone(near.map(({ id, quote }) => make('li', '', make('span', 'id', id), ' ', make('q', '', quote)))),
  );
  const seen = [
    ...mentions.map(({ concept, negated, quote }) => [
      'concept',
      `${negated ? `${word('not')} ` : ''}${concept}`,
      quote,
    ]),
    ...facts.map(({ fact, quote }) => ['fact', fact, quote]),
  ].map(([kind = '', name = '', quote = '']) =>
    make('li', '', make('span', 'soft', `${word(kind)} `), make('span', 'id', name), ' ', make('q', '', quote)),
  );
  byId('seen').replaceChildren(...orNone(seen));
  drawBars(
    'questions',
    scores.slice(0, MOST_BARS).map(({ id, score }) => ({ name: id, value: score, shown: score.toFixed(3) })),
  );
}

function emptyRow(columns: number): HTMLTableRowElement {
  const cell = make('td', 'soft', word('nothing-fired'));
  cell.colSpan = columns;
  return make('tr', '', cell);
}

const orNone = (items: HTMLLIElement[]): HTMLLIElement[] =>
  items.length > 0 ? items : [make('li', 'soft', word('nothing-fired'))];
