// Corrections as a whole: read again before they are offered, with all that stands together, mended where it is set.
import { readRequests } from '../../src/request/requests';
import { api, named, redacted } from '../support/request';

function corrected(text: string): string | null {
  return readRequests(redacted(text), [], api).correction?.text ?? null;
}

function ids(text: string): string[] {
  return readRequests(redacted(text), [], api).findings.map(named);
}

test('requests of one file are mended together', () => {
  const one = (action: string): string =>
    `GET https://api.nicenic.net/v2/?category=user&action=${action}\nContent-Type: application/json\nAuthorization: "acme:[redacted:api-secret]"\n`;
  expect(corrected(`### one\n${one('balance')}\n### two\n${one('transactions')}`)).not.toContain('"acme');
});

test('a pair that a variable holds is mended where it is set', () => {
  const text = `CRED="acme : [redacted:api-secret]"\ncurl "https://api.nicenic.net/v2/?category=user&action=balance" -H "Authorization: $CRED" -H "Content-Type: application/json"`;
  expect(ids(text)).toEqual(['auth-whitespace']);
  expect(corrected(text)).toContain('CRED="acme:[redacted:api-secret]"\ncurl');
});

test('a line that is commented out ends the command', () => {
  const text = `curl "https://api.nicenic.net/v2/?category=user&action=balance" \\\n  # -x http://192.0.2.9:3128 \\\n  -H "Authorization: $U:$S" \\\n  -H "Content-Type: application/json"`;
  expect(ids(text)).toEqual(['shell-quoting']);
  expect(corrected(text)).not.toContain('#');
});

test('a form becomes JSON in place, with the right name of a parameter', () => {
  const text = `curl -X POST "https://api.nicenic.net/v2/?category=domain&action=get_price" -H "Authorization: $U:$S" -H "Content-Type: application/json" -d "domain=example.com&type=renew&years=1"`;
  expect(ids(text)).toEqual(['body-not-json', 'param-name(year)']);
  expect(corrected(text)).toContain(String.raw`-d "{\"domain\":\"example.com\",\"type\":\"renew\",\"year\":1}"`);
});

test('a parameter of a collection changes in the address and in the list', () => {
  const text = JSON.stringify({
    request: {
      method: 'GET',
      header: [
        { key: 'Authorization', value: '{{u}}:{{s}}' },
        { key: 'Content-Type', value: 'application/json' },
      ],
      url: {
        raw: 'https://api.nicenic.net/v2/?category=domain&action=check&domain=example.com',
        query: [
          { key: 'category', value: 'domain' },
          { key: 'action', value: 'check' },
          { key: 'domain', value: 'example.com' },
        ],
      },
    },
  });
  expect(ids(text)).toEqual(['param-name(domains)']);
  const out = corrected(text) ?? '';
  expect([out.includes('&domains=example.com'), out.includes('"key":"domains"')]).toEqual([true, true]);
});

test('a second setting of the header option leaves the first behind', () => {
  const text = `$ch = curl_init('https://api.nicenic.net/v2/?category=user&action=balance');
curl_setopt($ch, CURLOPT_HTTPHEADER, array('Authorization: ' . $u . ':' . $s));
curl_setopt($ch, CURLOPT_HTTPHEADER, array('Content-Type: application/json'));
curl_exec($ch);`;
  expect(ids(text)).toEqual(['auth-missing']);
  expect(corrected(text)).toContain("array('Content-Type: application/json', 'Authorization: ' . $u . ':' . $s)");
});

test.each([
  [
    'profiles of one file',
    '{\n "live": { "baseUrl": "https://api.nicenic.net/v2/" },\n "ci": { "baseUrl": "https://sandbox-api.nicenic.net/v2/" }\n}',
  ],
  [
    'an expression as value',
    'r = get(\n  settings["URL"],  # "https://api.nicenic.net/v2/"\n  headers={\n    "Authorization": settings["AUTH"],  # "user:secret"\n    "Content-Type": "application/json",\n  })',
  ],
  [
    'a mask in capitals',
    'GET /v2/?category=user&action=balance HTTP/1.1\nhost: api.nicenic.net\nauthorization: <REDACTED>\ncontent-type: application/json\n',
  ],
  [
    'a page that shows &amp;',
    'GET https://api.nicenic.net/v2/?category=user&amp;action=balance\nAuthorization: acme:********\nContent-Type: application/json\n',
  ],
])('%s proves nothing', (_name, text) => {
  expect(ids(text)).toEqual([]);
});

test.each(['undefined', 'null', 'None'])('%s is no secret', (word) => {
  const text = `{"method":"GET","url":"https://api.nicenic.net/v2/?category=user&action=balance","headers":{"Authorization":"acme:${word}","Content-Type":"application/json"}}`;
  expect(ids(text)).toEqual(['auth-secret']);
});
