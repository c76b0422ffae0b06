// The answer as a whole: the contract's shape, and what must hold whatever the text.
import { engine } from '../support/engine';

const SECRET = ['Orchard', '-Gate-', '77'].join('');

test('probabilities of causes and of none sum to 1', async () => {
  const e = await engine();
  for (const text of [
    'hi',
    'IP not allowed',
    'where is API Settings?',
    '密码错误',
    '{"code":400,"msg":"Request parameter error"}',
  ]) {
    const read = e.read(text);
    const { causes, none } = e.classifier.judge(read).ranking;
    expect(causes.reduce((sum, cause) => sum + cause.probability, none)).toBeCloseTo(1, 6);
  }
});

test('a bare complaint gets a question, not a guess', async () => {
  const result = (await engine()).triage('it does not work');
  expect(result.cause).toBeNull();
  expect(result.question).not.toBeNull();
});

test('the same text always gets the same answer', async () => {
  const e = await engine();
  const text = 'we moved to a new VPS, 203.0.113.9, since then 403';
  expect(JSON.stringify(e.triage(text))).toBe(JSON.stringify(e.triage(text)));
});

test('nothing of a secret is in any part of the answer', async () => {
  const text = `curl -u fernhill:${SECRET} https://api.nicenic.net/v2/?category=user&action=balance\nmy password is ${SECRET}, is that wrong?`;
  expect(JSON.stringify((await engine()).triage(text))).not.toContain(SECRET);
});

test('a draft is redacted to a fixed point', async () => {
  const e = await engine();
  const { draft } = e.triage(`Authorization: fernhill:${SECRET}\n{"code":401,"msg":"bad"}`);
  expect(e.redactor.recheck(draft.body).redactions).toEqual([]);
});

test.each([
  ['en', 'Our server cannot reach your API since this morning, what should we do?'],
  ['zh', '我们的服务器从今天早上开始无法调用接口，怎么办？'],
  ['vi', 'Từ sáng nay máy chủ của chúng tôi gọi API bị từ chối, phải làm sao?'],
  ['ru', 'С сегодняшнего утра наш сервер не может вызвать API, что делать?'],
  ['es', 'Desde esta mañana nuestro servidor no puede llamar a la API, ¿qué hacemos?'],
  ['pt', 'Desde hoje de manhã nosso servidor não consegue chamar a API, o que fazer?'],
  ['id', 'Sejak tadi pagi server kami tidak bisa memanggil API, apa yang harus dilakukan?'],
])('%s is told from its words and answered in', async (language, text) => {
  const e = await engine();
  const result = e.triage(text);
  if (e.languages.includes(language)) expect(result.language).toBe(language);
});

test('the language asked for wins', async () => {
  expect((await engine()).triage('IP not allowed', { language: 'ru' }).language).toBe('ru');
});

test('fields given beside a text are redacted as the text is, and what is secret in it is secret in them', async () => {
  const secret = ['Kv', '7#pl', 'Qz2m'].join('');
  const result = (await engine()).triage(`my api password is ${secret} and it fails`, {
    fields: { account: `lotusreg / ${secret}`, responseMessage: `api_secret=${secret}x1`, endpoint: null },
  });
  expect(JSON.stringify(result)).not.toContain(secret);
  expect(result.fields['account']).toContain('lotusreg');
  expect(result.unknown).toEqual(['endpoint']);
});
