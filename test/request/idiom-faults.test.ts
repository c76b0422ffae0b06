// Every idiom of every client with one change: exactly the fault of that change, and none once corrected.
import { FAULTS, idioms } from '../support/idioms';
import { openIdioms } from '../support/open-idioms';
import { named, read } from '../support/request';

const all = idioms();
/** Where nothing is reported yet although something should be: no false alarm may stand here. */
const open = openIdioms();

test.each(FAULTS.map((c) => [c.name, c] as const))('%s: that fault alone, and none once corrected', (_name, change) => {
  const wrong: string[] = [];
  for (const { name, marked } of all) {
    const text = change.apply(marked);
    if (text === null) continue;
    const { findings, corrected } = read(text);
    const ids = findings.map(named);
    if (ids.join(' ') !== change.makes.join(' ')) wrong.push(`${name}: ${change.name}: ${ids.join(' ')}`);
    else if (corrected === null) wrong.push(`${name}: ${change.name}: nothing offered`);
    else if (read(corrected).findings.length > 0) wrong.push(`${name}: ${change.name}: still wrong`);
  }
  expect(wrong).toEqual(open.filter((line) => line.includes(`: ${change.name}: `)));
});
