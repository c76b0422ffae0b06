// Counts as bars: a list that reads as text, each bar as long as its share of the greatest.
import { make } from '../dom';
import { word } from './words';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What is written for the value. */
  readonly shown?: string;
}

/** Rows with one name become one, the greatest first. */
export function sumBy<T extends { readonly count: number }>(rows: readonly T[], nameOf: (row: T) => string): Bar[] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row.count);
  return [...sums].map(([name, value]) => ({ name, value })).sort((a, b) => b.value - a.value);
}

/** Draws into `[data-bars=name]`. */
export function drawBars(name: string, bars: readonly Bar[]): void {
  const place = document.querySelector(`[data-bars="${name}"]`);
  if (place === null) return;
  if (bars.length === 0) return place.replaceChildren(make('p', 'soft', word('none-yet')));
  const greatest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const list = make('ul', 'bars');
  for (const { name: label, value, shown = value.toLocaleString('en') } of bars) {
    const item = make('li', '', make('span', '', label), make('b', '', shown));
    item.style.setProperty('--part', String(Math.max(0, value / greatest)));
    list.append(item);
  }
  place.replaceChildren(list);
}
