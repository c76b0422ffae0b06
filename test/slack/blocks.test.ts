// Whatever a case holds, what is sent keeps Slack's limits, and nobody's words are ever live.
import fc from 'fast-check';
import { cut, mrkdwn, select } from '../../src/channels/slack/blocks';
import { rich } from '../../src/channels/slack/rich';
import { renderCard } from '../../src/channels/slack/card';
import { renderHome } from '../../src/channels/slack/home';
import { changesOf, refuse, renderDraft, renderTicket } from '../../src/channels/slack/modal';
import {
  renderAnswer,
  renderFixes,
  renderLabel,
  renderOthers,
  renderQuestion,
  renderTicketNews,
} from '../../src/channels/slack/notes';
import { plainText } from '../../src/channels/slack/text';
import type { Words } from '../../src/channels/slack/words';
import type { CaseView } from '../../src/service/talk';
import { createEngine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { faultsOf, faultsOfView, mrkdwnOf, readText } from '../support/block-kit';

const HOSTILE = [
  '<!channel>',
  '<!here>',
  '<@U0123>',
  '<http://evil.example|click>',
  '`code`',
  '*bold*',
  '_it_',
  '~x~',
  '&amp;',
  '& < >',
  ':smile:',
  '> quote',
  '```',
];

const nasty = (most: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: most }),
    fc.constantFrom(...HOSTILE),
    fc
      .tuple(fc.constantFrom(...HOSTILE, 'a', '😀', '&'), fc.integer({ min: 1, max: most }))
      .map(([unit, n]) => unit.repeat(n)),
  );

const cause = fc.record({
  id: nasty(40),
  title: nasty(400),
  short: nasty(200),
  likelihood: nasty(60),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
});
const put = fc.record({ text: nasty(900), why: nasty(900), choices: fc.array(nasty(200), { maxLength: 12 }) });

let words: readonly Words[];
let keys: readonly string[];
beforeAll(async () => {
  const engine = createEngine(await loadPack());
  keys = engine.fields.fields.map(({ key }) => key);
  words = engine.languages.map((tag) => {
    const texts = engine.textsOf(tag);
    return {
      ...texts,
      causes: engine.pack.causes.map(({ id }) => ({ id, title: id, short: id, ...texts.causes[id] })),
      fields: keys.map((key) => ({ key, label: key, ...texts.fields[key] })),
    };
  });
});

const viewOf = (): fc.Arbitrary<CaseView> =>
  fc.record({
    status: fc.constantFrom('open', 'review', 'submitted', 'resolved', 'handed-over', 'closed'),
    language: fc.constantFrom('en', 'ru', 'zh'),
    cause: fc.option(cause),
    others: fc.array(cause, { maxLength: 8 }),
    evidence: fc.array(nasty(5000), { maxLength: 3 }),
    findings: fc.array(fc.record({ text: nasty(900), suggestion: nasty(900) }), { maxLength: 30 }),
    fixes: fc.array(nasty(900), { maxLength: 9 }),
    fields: fc.array(fc.record({ key: fc.constantFrom(...keys), label: nasty(100), value: fc.option(nasty(9000)) }), {
      maxLength: 12,
    }),
    missing: fc.array(nasty(100), { maxLength: 12 }),
    question: fc.option(fc.record({ agent: put, person: put })),
    draft: fc.record({ subject: nasty(500), body: nasty(20000), format: fc.constant('markdown') }),
  });

const ticket = fc.record({
  id: fc.constant('tk_0123456789abcdefghjkmnpqrs'),
  status: fc.constantFrom('pending', 'delivered', 'failed'),
  attempts: fc.nat(),
  reference: nasty(400),
}) as fc.Arbitrary<{ id: string; status: 'pending'; attempts: number; reference: string }>;

/** Half a character. */
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Slack reads these in mrkdwn; ours may hold none, since no builder of ours makes one. */
const LIVE = /<[^>]*>|<!|<@|<#/;

test('every message keeps the limits of Block Kit, and no mrkdwn holds a reference', () => {
  fc.assert(
    fc.property(
      viewOf(),
      ticket,
      fc.nat({ max: 6 }),
      fc.array(nasty(4000), { maxLength: 5 }),
      fc.array(
        fc.record({
          ts: fc.constant('1.1'),
          kinds: fc.array(nasty(60), { maxLength: 5 }),
          link: fc.constant('https://example.slack.com/archives/C0/p1'),
        }),
        { maxLength: 20 },
      ),
      (view, made, n, said, secrets) => {
        const language = words[n] as Words;
        const id = 'a'.repeat(26);
        const replies = said.map((text) => ({ kind: 'text', text }) as const);
        const shown = [
          renderCard({
            id,
            view,
            words: language,
            ticket: made,
            secrets,
            said,
            note: said[0] ?? '',
            withFixes: true,
            label: null,
          }),
          renderCard({ id, view, words: language, ticket: null, secrets, note: '', withFixes: false }),
          renderAnswer(id, 'k', replies, language),
          renderQuestion(view, language),
          renderOthers(view, language),
          renderFixes(view, language),
          renderLabel(id, view.cause?.id ?? null, language),
          renderTicketNews(id, made, language),
        ];
        shown.forEach(({ text, blocks }, i) => {
          expect(faultsOf(blocks, i < 2 ? 12 : 50, false)).toEqual([]);
          expect(text.length).toBeGreaterThan(0);
          expect(text.length).toBeLessThanOrEqual(3000);
          for (const live of [text, ...mrkdwnOf(blocks)]) expect(live).not.toMatch(LIVE);
          expect(JSON.stringify(blocks.filter(({ type }) => type === 'rich_text'))).not.toMatch(
            /<!channel>|<@U0123>|<http:/,
          );
        });
        for (const modal of [renderDraft(id, view, language), renderTicket(id, view, made, language)])
          expect(faultsOfView(modal)).toEqual([]);
        const listed = view.others.map((other, i) => ({
          id: `${i}`.padStart(26, 'b'),
          by: 'U1',
          atMs: i,
          cause: other.id,
          status: 'open',
          ticket: false,
          about: other.title,
          missing: i,
        }));
        const week = { cases: 1, tickets: 1, resolved: 1, causes: view.others.map((other) => [other.id, 1] as const) };
        expect(
          faultsOfView(
            renderHome(
              { open: [...listed, ...listed.map((one) => ({ ...one, id: `c${one.id.slice(1)}` }))], week },
              language,
            ),
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('what people wrote is shown as typed', () => {
  fc.assert(
    fc.property(
      nasty(300).filter((text) => text !== ''),
      (text) => {
        expect(readText(rich([{ kind: 'quote', text }])).startsWith(text)).toBe(true);
      },
    ),
  );
});

test('mrkdwn escapes what Slack would read, and stays within 3,000', () => {
  fc.assert(
    fc.property(nasty(6000), (text) => {
      const made = mrkdwn(text)['text'] as string;
      expect(made.length).toBeLessThanOrEqual(3000);
      expect(made).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }),
  );
});

test('cutting halves no character; menus keep a choice that is one of theirs', () => {
  fc.assert(
    fc.property(nasty(200), fc.integer({ min: 2, max: 100 }), (text, most) => {
      const short = cut(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      if (!LONE.test(text)) expect(LONE.test(short)).toBe(false);
    }),
  );
  expect(select('a', 'b', [{ value: 'x', label: 'X' }], 'y')).not.toHaveProperty('initial_option');
});

test.each([
  ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
  ['see <https://api.example.com/v2/?a=1&amp;b=2>', 'see https://api.example.com/v2/?a=1&b=2'],
  ['host <http://api.example.com|api.example.com> fails', 'host api.example.com fails'],
  ['<https://evil.example|click here>', 'click here (https://evil.example)'],
  ['mail <mailto:a@example.com|a@example.com>', 'mail a@example.com'],
  ['<@U0BOT> it fails', 'it fails'],
  ['<@U0BOT|preticket> it fails', 'it fails'],
  ['ask <@U0123|anna> in <#C1|ops>, <!channel> <!subteam^S1|@team>', 'ask @anna in #ops, @channel @team'],
  ['&amp;lt;', '&lt;'],
])('Slack’s wire form %s reads %s', (wire, read) => {
  expect(plainText(wire, 'U0BOT')).toBe(read);
});

test('reading the wire form never throws and loses no plain words', () => {
  fc.assert(
    fc.property(nasty(300), (text) => {
      const wire = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      expect(plainText(wire)).toBe(text.trim());
    }),
  );
});

test('only fields that were changed are changes; errors are cut to what Slack takes', () => {
  const view = {
    fields: [
      { key: 'account', label: '', value: 'lotus' },
      { key: 'domain', label: '', value: null },
    ],
  } as unknown as CaseView;
  const typed = { account: 'lotus ', domain: null, outboundIp: '203.0.113.9', evil: 'x' };
  expect(changesOf(view, typed, words[0] as Words)).toEqual({ outboundIp: '203.0.113.9' });
  expect(changesOf(view, { account: null }, words[0] as Words)).toEqual({ account: '' });
  expect(refuse({ account: 'x'.repeat(5000) })).toMatchObject({ response_action: 'errors' });
});
