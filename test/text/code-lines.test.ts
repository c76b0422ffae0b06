// Which lines of a paste are a program, so that its names are not taken for a person's words.
import { codeLines, commentColumn } from '../../src/text/code-lines';

const marked = (text: string): string[] => {
  const lines = text.split('\n');
  const code = codeLines(lines);
  return lines.filter((_, i) => code[i] === true).map((line) => line.trim());
};

test.each([
  ['PHP', '$ch = curl_init($url);\ncurl_setopt($ch, CURLOPT_HTTPHEADER, $headers);\n$out = curl_exec($ch);'],
  [
    'Python',
    'import requests\n\ndef call(action):\n    r = requests.get(URL, params={"action": action})\n    return r.json()',
  ],
  ['JavaScript', 'const res = await fetch(url, {\n  headers: {\n    Authorization: auth,\n  },\n});'],
  ['Go', 'func call(c *http.Client) error {\n\treq, _ := http.NewRequest("GET", u, nil)\n\treturn do(c, req)\n}'],
  ['Ruby', "def call(action)\n  uri = URI('https://example.org')\n  Net::HTTP.get(uri)\nend"],
  [
    'C#',
    'var http = new HttpClient();\nhttp.DefaultRequestHeaders.Add("Authorization", value);\nvar res = await http.SendAsync(req);',
  ],
])('%s is code', (_, text) => {
  const all = text.split('\n').filter((line) => line.trim() !== '');
  expect(marked(text)).toEqual(all.map((line) => line.trim()));
});

test.each([
  'the login is refused, return code is 401, and I do not know why;',
  'for the record (we asked before), nothing was changed',
  'if you look at the list, the address is there (since May):',
  'IP: 203.0.113.7\nAccount: acme\nTime: 10:40',
  '{"code":401,"msg":"not allowed"}\n{"code":0,"msg":"success"}',
  '[2026-10-02 10:11:12] api.ERROR: call(renew) failed;\n[2026-10-02 10:11:13] api.ERROR: call(check) failed;',
  '> GET /v2/ HTTP/1.1\n> Host: api.example.org\n< HTTP/1.1 403',
  '$ curl -s https://example.org/ \\\n    -H "Authorization: user:secret"\n=> 401 (unauthorized)',
  'use the module, please;',
])('%s is none', (text) => {
  expect(marked(text)).toEqual([]);
});

test('a reply between two pieces of code stays what it is', () => {
  const text = '$r = $client->get($url);\nvar_dump($r);\n\n{"code":403,"msg":"ip not allowed"}\n\nwhat is wrong?';
  expect(marked(text)).toEqual(['$r = $client->get($url);', 'var_dump($r);']);
});

test('a comment is a person speaking', () => {
  expect(marked("const a = load('x');\n// the same password as on the website\nconst b = send(a);")).toEqual([
    "const a = load('x');",
    'const b = send(a);',
  ]);
  expect(commentColumn("$p = 'x';  // from the panel")).toBe(11);
  expect(commentColumn('call("https://example.org/v2/");')).toBeUndefined();
});

test('long lines and many lines cost little and find their end', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? `call(${i});` : `const a${i} = load(${i});`));
  expect(codeLines([...lines, 'x'.repeat(1_000_000)]).filter(Boolean)).toHaveLength(20_000);
});
