// Shapes of addresses and header lines, held against an invented API.
import { shapeFacts } from '../../src/classify/shape-facts';

const api = {
  hosts: {
    production: ['api.sample.test'],
    sandbox: ['try.sample.test'],
    site: ['sample.test'],
    brands: ['sample'],
    mirrors: ['copy.test'],
  },
  path: { current: '/v2/' },
  authorization: { separator: ':' },
  contentType: { value: 'application/json' },
};
const names = (text: string): string[] => shapeFacts(text, api).map(({ fact }) => fact);

test.each([
  ['https://api.sample.test/v2/?a=b', ['url-host-ok', 'url-path-ok']],
  ['http://api.sample.test/v2', ['url-host-ok', 'url-scheme-plain', 'url-path-slash']],
  ['https://api.sample.test/', ['url-host-ok', 'url-path-none']],
  ['https://api.sample.test/v1/', ['url-host-ok', 'url-path-other']],
  ['https://api.sample.test/v2/users/', ['url-host-ok', 'url-path-longer']],
  ['https://try.sample.test/v2/', ['url-host-sandbox']],
  ['https://sample.test/help', ['url-host-site']],
  ['https://sample.test/v2/', ['url-host-mistaken']],
  ['https://api.samplle.test/v2/', ['url-host-mistaken']],
  ['https://api.copy.test/v2/', ['url-host-mirror']],
  ['https://elsewhere.test/', ['url-host-other']],
  ['GET /v1/?a=b HTTP/1.1', ['line-path-other']],
  ['Host: try.sample.test', ['line-host-sandbox']],
  ['Authorization: me:secret', ['line-auth-ok']],
  ['Authorization: me : secret', ['line-auth-blanks']],
  ['Authorization: me;secret', ['line-auth-separator']],
  ['Authorization: Basic bWU6c2VjcmV0', ['line-auth-basic']],
  ['Authorization: Bearer abc', ['line-auth-bearer']],
  ['Authorization: me@mail.test:secret', ['line-auth-mail']],
  ['Authorization:', ['line-auth-empty']],
  ['Content-Type: text/plain', ['line-type-other']],
  ['nothing of the kind', []],
])('%s', (text, expected) => {
  expect(names(text)).toEqual(expected);
});

test('each fact quotes its place', () => {
  const text = 'we call https://try.sample.test/v2/ still';
  expect(shapeFacts(text, api).map(({ start, end }) => text.slice(start, end))).toEqual([
    'https://try.sample.test/v2/',
  ]);
});
