// Faults of a pasted request: underlined where they stand, said below, and the request as it should be beside it.
import type { Line, ToldRequest } from '../api';
import { codeBlock } from '../copy';
import { make, scrollable } from '../dom';
import type { Parts } from '../parts';
import { paragraphs } from './text';

export function findings({ text, request }: Line, parts: Parts): HTMLElement[] {
  const { say, rich } = parts;
  if (!request || request.text === '') return paragraphs(text, parts);
  const faults = request.findings.map((finding) => {
    const item = make('li', '', make('p', 'fault', rich(finding.text)));
    if (finding.suggestion !== undefined) item.append(make('p', 'mend', rich(finding.suggestion)));
    return item;
  });
  const written = scrollable(make('pre', '', make('code', '', ...underlined(request, rich))), say('written'));
  written.dir = 'ltr';
  const before = make('div', 'code', make('div', 'code-head', make('span', '', say('written'))), written);
  const sides = make('div', 'sides', before);
  if (request.corrected !== null) {
    const after = codeBlock(say('corrected'), request.corrected, parts);
    after.classList.add('is-right');
    sides.append(after);
  }
  return [make('h3', 'head', say('findings')), sides, make('ol', 'faults', ...faults)];
}

/** The request's text, each fault in a mark with the number of its sentence. Faults may overlap. */
function underlined(request: ToldRequest, rich: Parts['rich']): Node[] {
  const placed = request.findings
    .map((finding, i) => ({ ...finding, number: i + 1 }))
    .filter(({ start, end }) => end > start);
  const borders = [...new Set([0, request.text.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return borders.slice(0, -1).map((from, i): Node => {
    const to = borders[i + 1] ?? from;
    const piece = rich(request.text.slice(from, to));
    const own = placed.filter(({ start, end }) => start <= from && end >= to);
    if (own.length === 0) return piece;
    const ends = own.filter(({ end }) => end === to).map(({ number }) => make('sup', '', String(number)));
    return make('mark', 'fault-mark', piece, ...ends);
  });
}
