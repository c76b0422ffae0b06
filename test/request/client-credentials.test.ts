// Credentials by a client's own option, headers that go nowhere, and other faults of one client alone.
import { clientFaults } from '../support/idioms';
import { named, read } from '../support/request';

test.each(clientFaults().map((c) => [c.name, c] as const))('%s', (_name, { text, ids, open, gone }) => {
  const { findings, corrected } = read(text);
  expect(findings.map(named).sort()).toEqual([...ids].sort());
  for (const f of findings) expect(text.slice(f.start, f.end)).toBe(f.quote);
  if (open) expect(corrected).toBeNull();
  else {
    expect(corrected).not.toBeNull();
    expect(read(corrected ?? '').findings.map(named)).toEqual([]);
    if (gone !== null) expect(corrected).not.toContain(gone);
  }
});
