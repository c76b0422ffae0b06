// Polarity, scope, questions and zones of mentions; offsets quote the text.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { LangData } from '../../src/pack/schema/lang';
import { readPassage } from '../../src/text/mentions';
import { Readings } from '../../src/text/reading';

const file = path.join(__dirname, '../../rules/lang-en.yaml');
const readings = new Readings([parse(readFileSync(file, 'utf8')) as LangData], 'en').of('en');
const said = (text: string): string[] =>
  readPassage(text, readings).mentions.map((m) => `${m.negated ? '!' : ''}${m.concept}`);

test.each([
  ['we added the IP', 'add'],
  ['we have not added the IP', '!add'],
  ['nobody added the IP', '!add'],
  ['it is not the IP', '!ip'],
  ['it is not only the IP', 'ip'],
  ['no doubt the IP was added', 'add'],
  ['the IP is nowhere', '!ip'],
  ['not today, the IP was added', 'add'],
  ['it is not late but the IP is wrong', 'ip'],
  ['the old server still works', 'old-machine-works'],
  ['there is no API Settings in my menu', 'menu-missing'],
  ['the box in your panel is empty', 'ip-not-given'],
  ['nobody told you about the new server', 'ip-not-given'],
  ['I typed what I use to sign in on your website', 'login-password'],
  ['we use the same password for both', 'pw-same'],
  ['the proxy strips the header', 'header-lost'],
  ['sometimes it works, then it fails', 'mod-sometimes'],
])('%s: %s', (text, expected) => {
  expect(said(text)).toContain(expected);
});

test.each([
  ['his balance is fine', 'greeting'],
  ['his balance is fine', 'balancer'],
  ['at noon', 'header-lost'],
  ['{"type": "renew"}', 'add'],
  ['authentication failed', 'web-login'],
  ['in 2024 we began', 'mod-old'],
  ['we renew domains', 'reset'],
])('%s: not %s', (text, unwanted) => {
  expect(said(text)).not.toContain(unwanted);
});

test('questions and zones are told apart', () => {
  const { mentions } = readPassage('Where do I add the IP? Added it.\n> whitelist it\nAuthorization: x', readings);
  const add = mentions.filter((m) => m.concept === 'add');
  expect(add.map((m) => m.asked)).toEqual([true, false]);
  expect(mentions.find((m) => m.concept === 'ip-list')?.zone).toBe('quote');
  expect(mentions.find((m) => m.concept === 'header')?.zone).toBe('artefact');
});

test('offsets quote the text and stay in order', () => {
  const text = 'Our IPs 192.0.2.1 and 192.0.2.2 aren’t whitelisted — “forbidden”. Ünïcode passwords too.';
  const { mentions, tokens } = readPassage(text, readings);
  for (const token of tokens) expect(text.slice(token.start, token.end)).not.toMatch(/^\s|\s$/);
  for (const [i, mention] of mentions.entries()) {
    expect(mention.end).toBeGreaterThan(mention.start);
    expect(mention.end).toBeLessThanOrEqual(text.length);
    if (i > 0) expect(mention.from).toBeGreaterThanOrEqual(mentions[i - 1]?.from ?? 0);
  }
});
