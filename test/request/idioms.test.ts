// Every idiom of every client: right as it stands and after any harmless change.
import { HARMLESS, idioms } from '../support/idioms';
import { named, read } from '../support/request';

const all = idioms();

test('of each idiom the request is seen', () => {
  expect(
    all.filter(({ marked }) => read(HARMLESS[0]?.apply(marked) ?? '').requests.length === 0).map((i) => i.name),
  ).toEqual([]);
});

test.each(HARMLESS.map((c) => [c.name, c] as const))('%s: silence', (_name, change) => {
  const alarms = all.flatMap(({ name, marked }) => {
    const text = change.apply(marked);
    return text === null ? [] : read(text).findings.map((f) => `${name}: ${named(f)}: ${f.quote}`);
  });
  expect(alarms).toEqual([]);
});
