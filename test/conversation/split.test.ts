// The same words said at once and piece by piece lead to the same verdict: what an answer tells counts as if the opening had said it.
import { engine } from '../support/engine';
import { causeOfTalk, causeOfWhole, piecesOf, readSplitItems } from '../simulate/split';

const EVERY = 9;
const LEAST = 0.97;

test(`the same verdict in ${LEAST} of the corpus' texts of several sentences`, async () => {
  const core = await engine();
  const items = readSplitItems(EVERY);
  expect(items.length).toBeGreaterThan(200);
  const same = items.filter(({ lang, text }) => {
    const language = core.languages.includes(lang) ? lang : 'en';
    return causeOfWhole(text, language, core) === causeOfTalk(piecesOf(text), language, core);
  });
  expect(same.length / items.length).toBeGreaterThanOrEqual(LEAST);
}, 60_000);
