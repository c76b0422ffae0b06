// Good requests stay silent; faulty ones have exactly their faults, at the right place, and are right once corrected.
import { cases, named, read } from '../support/request';

describe('good requests', () => {
  test.each(cases('good').map((c, i) => [`${String(i)} ${c.syntax}`, c] as const))('%s', (_name, c) => {
    const findings = read(c.text).findings.filter((f) => c.tolerated?.includes(f.id) !== true);
    expect(findings.map((f) => `${named(f)}: ${f.quote}`)).toEqual([]);
  });
});

describe('faulty requests', () => {
  test.each(cases('faulty').map((c, i) => [`${String(i)} ${c.syntax} ${c.findings.map(named).join(' ')}`, c] as const))(
    '%s',
    (_name, c) => {
      const { findings, corrected } = read(c.text);
      const reported = findings.filter((f) => c.tolerated?.includes(f.id) !== true);
      expect(reported.map(named).sort()).toEqual(c.findings.map(named).sort());
      for (const f of findings) expect(c.text.slice(f.start, f.end)).toBe(f.quote);
      for (const want of c.findings) {
        const at = c.text.indexOf(want.quote);
        const overlaps = findings.some((f) => f.id === want.id && f.start < at + want.quote.length && at < f.end);
        expect([want.quote, overlaps]).toEqual([want.quote, true]);
      }
      for (const part of c.corrected?.must ?? []) expect(corrected).toContain(part);
      for (const part of c.corrected?.mustNot ?? []) expect(corrected).not.toContain(part);
      if (corrected === null) return;
      const again = read(corrected);
      expect(again.findings.map((f) => `${named(f)}: ${f.quote}`)).toEqual([]);
    },
  );
});
