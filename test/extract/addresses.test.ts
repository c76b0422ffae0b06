// Roles of addresses, which the classifier takes as evidence.

import { canonicalAddress } from '../../src/extract/address';
import { read } from '../support/extract';

const roles = (text: string, language = 'en') => read(text, language).addresses.map((a) => `${a.value} ${a.role}`);

test.each([
  ['private', 'We added 10.0.3.15 to the list.', ['10.0.3.15 inside']],
  ['shared space', 'hostname -i gives 100.64.3.9', ['100.64.3.9 inside']],
  ['unique local', 'container has fd00:1::5', ['fd00:1::5 inside']],
  ['documentation ranges are public', 'Our server is 192.0.2.7.', ['192.0.2.7 outbound']],
  [
    'listed and caller',
    'You have 192.0.2.31 on file, requests leave via 192.0.2.44.',
    ['192.0.2.31 listed', '192.0.2.44 outbound'],
  ],
  ['refused', '{"code":403,"msg":"IP 203.0.113.9 is not in the whitelist"}', ['203.0.113.9 refused']],
  [
    'bound in a refusal',
    '{"code":403,"msg":"your ip 198.51.100.250 does not match the bound ip 198.51.100.20"}',
    ['198.51.100.250 refused', '198.51.100.20 listed'],
  ],
  [
    "the API's own",
    '* Trying 192.0.2.210:443...\n* Connected to api.nicenic.net (192.0.2.210) port 443',
    ['192.0.2.210 api', '192.0.2.210 api'],
  ],
  ['a version is none', 'User-Agent: Chrome/120.0.0.1', []],
  ['network', 'My range is 198.51.100.0/28.', ['198.51.100.0 other']],
])('%s', (_, text, expected) => {
  expect(roles(text)).toEqual(expected);
});

test('offsets quote the text', () => {
  const text = 'from 203.0.113.7 and 2001:DB8::AC1F:8001 as well';
  const out = read(text).addresses;
  expect(out.map((a) => text.slice(a.start, a.end))).toEqual(['203.0.113.7', '2001:DB8::AC1F:8001']);
});

test.each([
  ['2001:DB8:0:85A3::AC1F:8001', '2001:db8:0:85a3::ac1f:8001'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.300', null],
  ['1.2.3', null],
])('canonical form of %s', (words, value) => {
  expect(canonicalAddress(words)).toBe(value);
});
