// Carriers by template, sentences in seven languages, and texts that must come through unharmed.
import { createRedactor } from '../../src/redact/redactor';
import {
  fill,
  isLeaked,
  readFixture,
  surroundings,
  type CarrierTemplate,
  type SpokenCase,
} from '../support/redact-fixtures';
import { redactData } from '../support/redact-rules';

const redactor = createRedactor(redactData());

// Built from parts, so that no scanner finds a secret in the tree.
const plain = [
  'Otter-Stream-' + '5',
  'k4Tz9' + 'Qw2Lm8',
  'gull.' + 'Tern_31',
  'wadewait' + '88',
  '9f86d081884c7d65' + '9a2feaa0c55ad015',
  'Winterboot',
  'moorhen',
];
const rich = ['Pebble#' + 'Lane7', 'Gr4vel!' + 'Sand*', 'p%q+' + 'r=5tz', 'Tide$' + 'Table9', '(Rook)_' + 'Castle7'];
const secrets: Record<CarrierTemplate['forms'], readonly string[]> = {
  plain,
  rich: [...plain, ...rich],
  blank: [...plain, ...rich, 'correct horse ' + 'battery', 'Twite and ' + 'Linnet 7'],
  token: ['q9v2k7m4n1p8r5' + 't3w6y0z2b4d6'],
  digits: ['492' + '817'],
};

describe('carriers', () => {
  const cases = readFixture<CarrierTemplate[]>('carriers');
  test.each(cases.map((template) => [template.name, template] as const))('%s', (_name, template) => {
    for (const secret of secrets[template.forms]) {
      const { text, hidden } = fill(template.text, 'larkfield', secret);
      const output = redactor.redact(text).text;
      expect({ text, output, leaked: hidden.filter((form) => isLeaked(form, output)) }).toEqual({
        text,
        output,
        leaked: [],
      });
      expect({
        output,
        lost: surroundings(template.text, 'larkfield').filter((part) => !output.includes(part)),
      }).toEqual({ output, lost: [] });
      expect(redactor.redact(output).text).toBe(output);
    }
  });
});

describe('speech', () => {
  test.each(readFixture<SpokenCase[]>('speech').map((item) => [item.text, item] as const))(
    '%s',
    (text, { secrets: told, keep }) => {
      const output = redactor.redact(text).text;
      expect({ output, leaked: told.filter((secret) => isLeaked(secret, output)) }).toEqual({ output, leaked: [] });
      expect({ output, lost: (keep ?? []).filter((part) => !output.includes(part)) }).toEqual({ output, lost: [] });
      expect(redactor.redact(output).text).toBe(output);
    },
  );
});

describe('harmless', () => {
  test.each(readFixture<string[]>('harmless'))('%s', (text) => {
    expect(redactor.redact(text).text).toBe(text);
  });
});
