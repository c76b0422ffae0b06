// The words of the page stand in its template; here they are looked up by name.

const book = new Map<string, string>();
for (const term of document.querySelectorAll('#words dt'))
  book.set(term.textContent ?? '', term.nextElementSibling?.textContent ?? '');

/** The words of a name, with parameters in braces set; the name itself where the template has none. */
export function word(name: string, parameters: Readonly<Record<string, string>> = {}): string {
  return (book.get(name) ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => parameters[key] ?? whole);
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A moment as it lies from now. */
export function ago(atMs: number, nowMs: number): string {
  for (const [unit, ms] of STEPS)
    if (Math.abs(atMs - nowMs) >= ms) return relative.format(Math.round((atMs - nowMs) / ms), unit);
  return Math.abs(atMs - nowMs) < 1000 ? word('now') : relative.format(Math.round((atMs - nowMs) / 1000), 'second');
}

export const clock = (atMs: number): string => new Date(atMs).toLocaleTimeString('en-GB');
