// Faults of requests as the whole answer shows them: exact places, finished sentences, a request that is right once corrected and holds no secret.
import { cases } from '../support/request';
import { engine } from '../support/engine';

const SECRET = ['Juniper', 'Latch', '58'].join('-');
const faulty = cases('faulty').map((c, i) => [`${String(i)} ${c.syntax}`, i, c] as const);

test.each(faulty)('%s', async (_name, i, c) => {
  const e = await engine();
  const language = e.languages[i % e.languages.length] ?? 'en';
  const { result, original } = e.advise(c.text, { language });
  const { text, findings, corrected } = result;
  for (const finding of findings) {
    expect(text.slice(finding.start, finding.end)).toBe(finding.quote);
    expect(e.numbers.has(finding.cause)).toBe(true);
    expect(`${finding.text} ${finding.suggestion ?? ''}`).not.toMatch(/\{(?:written|param|right|endpoint|link:)/);
    expect(finding.text).not.toBe(finding.id);
  }
  expect(findings.map(({ start }) => start)).toEqual(findings.map(({ start }) => start).sort((a, b) => a - b));
  if (corrected === null) {
    expect(original).toBeUndefined();
    return;
  }
  expect(text.slice(original?.start, original?.end)).not.toBe(corrected);
  const again = e.triage(corrected);
  expect(again.findings).toEqual([]);
  expect(again.text).toBe(corrected);
});

test('a secret is in no part of a correction, wherever it stood', async () => {
  const e = await engine();
  const query = 'https://api.nicenic.net/v2/?category=user&action=balance';
  for (const text of [
    `curl -u acme:${SECRET} '${query}'`,
    `curl '${query}&username=acme&api_secret=${SECRET}'`,
    `curl -H 'Authorization: Basic ${Buffer.from(`acme:${SECRET}`).toString('base64')}' '${query}'`,
    `requests.get("${query}", auth=("acme", "${SECRET}"))`,
    `curl_setopt($ch, CURLOPT_URL, '${query}');\ncurl_setopt($ch, CURLOPT_USERPWD, 'acme:${SECRET}');\ncurl_exec($ch);`,
  ]) {
    const { findings, corrected } = e.triage(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(corrected).toMatch(/(?:acme|USERNAME):\[redacted:/);
    expect(JSON.stringify({ findings, corrected })).not.toContain(SECRET);
  }
});

test('the first fault on the way gives the verdict, and the checklist shows it', async () => {
  const result = (await engine()).triage(
    "curl -H 'Authorization: acme:[redacted:api-secret]' -H 'Content-Type: application/json' 'http://api.nicenic.net/v2?category=domain&action=check&domain=acme.example'",
    { language: 'en' },
  );
  expect(result.findings.map(({ id }) => id)).toEqual(['scheme-http', 'path-slash', 'param-name']);
  expect(result.cause).toBe('wrong-endpoint');
  expect(result.checklist.find(({ step }) => step === 6)?.state).toBe('failed');
  expect(result.checklist.find(({ step }) => step === 5)?.state).toBe('done');
  const { body } = result.draft;
  for (const { quote } of result.findings.filter(({ id }) => id === 'param-name'))
    expect(body).toContain(`\`${quote}\``);
  expect(body).toContain(`\`\`\`text\n${result.corrected ?? '?'}\n\`\`\``);
});
