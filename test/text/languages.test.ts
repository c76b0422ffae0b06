// Concepts and polarity in the languages besides English, and which language a short or mixed text is taken for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { LangData } from '../../src/pack/schema/lang';
import { detectLanguage } from '../../src/text/language';
import { readPassage } from '../../src/text/mentions';
import { Readings } from '../../src/text/reading';

const TAGS = ['en', 'zh', 'vi', 'ru', 'es', 'pt', 'id'];
const data = TAGS.map(
  (tag) => parse(readFileSync(path.join(__dirname, `../../rules/lang-${tag}.yaml`), 'utf8')) as LangData,
);
const readings = new Readings(data, 'en');
const said = (language: string, text: string): string[] => [
  ...new Set(readPassage(text, readings.of(language)).mentions.map((m) => `${m.negated ? '!' : ''}${m.concept}`)),
];
const detected = (text: string): string => detectLanguage(text, readings.traits, 'en');

test.each([
  ['zh', '我们换了新服务器,还没登记', 'new-server'],
  ['zh', '新机器的地址没有加进去', 'ip-not-given'],
  ['zh', '不是密码的问题', '!password'],
  ['zh', '左边菜单里没有这一项', 'menu-missing'],
  ['zh', '我用登录官网的密码', 'login-password'],
  ['zh', '代理把请求头吃掉了', 'header-lost'],
  ['zh', '有时成功有时被拒', 'mod-sometimes'],
  ['zh', '密码没变,照旧', 'credentials-ok'],
  ['zh', '模块里保存不了,刷新又变回旧的', 'not-saved'],
  ['zh', '正式的密钥发到了沙盒', 'sandbox'],
  ['zh', '我不知道密码', 'password'],
  ['vi', 'mình chưa thêm IP mới vào danh sách', 'ip-not-given'],
  ['vi', 'em lay mat khau dang nhap web de goi', 'login-password'],
  ['vi', 'không phải do IP', '!ip'],
  ['vi', 'không thấy mục Cài đặt API', 'menu-missing'],
  ['vi', 'luc duoc luc khong', 'mod-sometimes'],
  ['vi', 'header bị nuốt mất khi qua proxy', 'header-lost'],
  ['vi', 'vừa chuyển sang VPS mới', 'new-server'],
  ['vi', 'bam luu xong F5 lai van nhu cu', 'not-saved'],
  ['vi', 'API bị khóa, em chưa là đại lý', 'not-eligible'],
  ['ru', 'новый адрес в список не внесли', 'ip-not-given'],
  ['ru', 'это не айпи', '!ip'],
  ['ru', 'вставил пароль от личного кабинета', 'login-password'],
  ['ru', 'у меня нет раздела с настройками API', 'menu-missing'],
  ['ru', 'прокси срезает заголовок', 'header-lost'],
  ['ru', 'то работает, то нет, через раз', 'mod-sometimes'],
  ['ru', 'переехали на другой хостинг', 'new-server'],
  ['ru', 'модуль не сохраняет, снова пусто', 'not-saved'],
  ['ru', 'пароль верный, тот же ключ', 'credentials-ok'],
  ['ru', 'не только пароль', 'password'],
  ['es', 'todavía no hemos añadido la IP nueva a la lista', 'ip-not-given'],
  ['es', 'no es la clave', '!password'],
  ['es', 'uso la contraseña con la que entro a la web', 'login-password'],
  ['es', 'no aparece el menú de revendedor', 'menu-missing'],
  ['es', 'el proxy se come la cabecera', 'header-lost'],
  ['es', 'a veces funciona y a veces rebota', 'mod-sometimes'],
  ['es', 'nos mudamos a otro servidor', 'new-server'],
  ['es', 'guardo y vuelve a salir el viejo', 'not-saved'],
  ['es', 'falta la barra final de la URL', 'slash'],
  ['pt', 'esqueci de cadastrar o IP novo', 'ip-not-given'],
  ['pt', 'nao e o IP', '!ip'],
  ['pt', 'uso a mesma senha do painel', 'login-password'],
  ['pt', 'no meu painel não existe essa opção', 'menu-missing'],
  ['pt', 'o gateway remove o cabeçalho', 'header-lost'],
  ['pt', 'às vezes passa, às vezes dá erro', 'mod-sometimes'],
  ['pt', 'mudamos de servidor na sexta', 'new-server'],
  ['pt', 'salvo e volta em branco de novo', 'not-saved'],
  ['id', 'IP barunya belum saya daftarkan', 'ip-not-given'],
  ['id', 'bukan password', '!password'],
  ['id', 'pake password yg buat login di web', 'login-password'],
  ['id', 'menu API Settings gak ada di akun saya', 'menu-missing'],
  ['id', 'headernya hilang di proxy', 'header-lost'],
  ['id', 'kadang bisa kadang ditolak', 'mod-sometimes'],
  ['id', 'kami pindah ke server baru', 'new-server'],
  ['id', 'sudah klik simpan tapi balik ke yang lama', 'not-saved'],
])('%s: %s: %s', (language, text, expected) => {
  expect(said(language, text)).toContain(expected);
});

test.each([
  ['zh', '我不知道密码', '!password'],
  ['zh', '不过密码', '!password'],
  ['vi', 'không biết mật khẩu', '!password'],
  ['ru', 'не только пароль', '!password'],
  ['es', 'no sé la clave', '!password'],
  ['pt', 'não sei a senha', '!password'],
  ['id', 'bukan cuma password', '!password'],
])('%s: %s is not %s', (language, text, unexpected) => {
  expect(said(language, text)).not.toContain(unexpected);
});

test.each([
  ['你好', 'zh'],
  ['請問 API 金鑰在哪', 'zh'],
  ['привет, не работает', 'ru'],
  ['mat khau API dat o dau a? minh chua dat lan nao', 'vi'],
  ['khong goi duoc api, giup em voi', 'vi'],
  ['Mật khẩu sai', 'vi'],
  ['hola, no puedo renovar', 'es'],
  ['¿cuál es la URL?', 'es'],
  ['a senha não passa', 'pt'],
  ['nao consigo acessar, me ajuda por favor', 'pt'],
  ['kok ditolak terus ya min', 'id'],
  ['gagal autentikasi, IP sudah terdaftar', 'id'],
  ['please help, 401', 'en'],
  ['do u guys support rust?', 'en'],
  ['no.', 'en'],
  ['', 'en'],
  ['curl -a -e https://api.nicenic.net/v2/ -o out.com', 'en'],
  ['{"code":401,"msg":"error"}', 'en'],
  ['{"code":403,"msg":"IP not allowed"}\nвот такой ответ приходит', 'ru'],
  ['HTTP/1.1 403 Forbidden\nno sé qué hacer con esto', 'es'],
  ['HTTP/1.1 403 Forbidden\nem không biết phải làm gì', 'vi'],
])('%s is taken for %s', (text, expected) => {
  expect(detected(text)).toBe(expected);
});

test.each(TAGS.slice(1))('%s has words for every concept of English or says what it lacks', (tag) => {
  const english = Object.keys(data[0]?.concepts ?? {});
  const own = data.find((lang) => lang.language === tag);
  const known = new Set([...Object.keys(own?.concepts ?? {}), ...(own?.lacks ?? [])]);
  expect(english.filter((name) => !known.has(name))).toEqual([]);
});
