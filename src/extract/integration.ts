// Reads what sends the requests: the billing system with its module, or own code.

import { after, before, sentenceStart, type Context } from './context';
import type { Candidate } from './candidate';
import type { FieldForm } from './fields';
import { ownEvidence, type Evidence } from './integration-evidence';
import type { Focus } from './focus';

/** Evidence that names own code or a tool of it. */
const NAMED = new Set(['language', 'library', 'tool', 'custom-sign', 'trace']);

/** Evidence that shows own code. Lines of a log, a reply, or words for requests tell that somebody calls, not by what. */
const SHOWS = new Set([
  ...NAMED,
  'custom-strong',
  'container',
  'client',
  'client-error',
  'request-code',
  'request-curl',
  'request-curl-verbose',
  'request-httpie',
  'request-wget',
  'request-postman-json',
]);

/** The two values of the contract, as the pack names them. */
function valueOf(ctx: Context, which: 'module' | 'own'): string {
  return String(ctx.lexicon.table('integration', 'values')[which] ?? which);
}

/** Mentions of the system, each with what is said of its part in the requests. */
function moduleMentions(ctx: Context): Candidate[] {
  const { lexicon, view } = ctx;
  const out: Candidate[] = [];
  const no = lexicon.cue('integration', 'without-before', '[\\s:,"\'(|]{0,3}$');
  const noAfter = lexicon.once(
    'integration without after',
    () => new RegExp(`^["')\\s,]{0,3}${lexicon.source('integration', 'without-after')}`),
  );
  for (const [group, score] of [
    ['module-name', 3],
    ['module-sign', 2.5],
  ] as const) {
    const re = lexicon.cue('integration', group, '', 'g');
    re.lastIndex = 0;
    let count = 0;
    for (let m = re.exec(view.folded); m !== null && count++ < 200; m = re.exec(view.folded)) {
      const end = m.index + m[0].length;
      if (m[0] === '') re.lastIndex++;
      const denied = no.test(before(ctx, m.index, 40)) || noAfter.test(after(ctx, end, 40));
      out.push({ value: valueOf(ctx, 'module'), start: m.index, end, score: denied ? -score : score });
    }
  }
  return out;
}

/** Who sends: a module mention wins over signs of own code unless it is denied; else all evidence is summed. */
export function readIntegration(
  ctx: Context,
  focus: Focus | null,
  others: Readonly<Partial<Record<FieldForm, Candidate | null>>>,
): Candidate | null {
  const { lexicon, view } = ctx;
  const module = lexicon.cue('integration', 'module-api').test(view.folded) ? [] : moduleMentions(ctx);
  const evidence = ownEvidence(ctx, focus, others);
  const plus = module.filter((c) => c.score > 0);
  const minus = module.filter((c) => c.score < 0);
  const outright = evidence.find((e) => e.name === 'custom-strong');
  const named = outright ?? evidence.find((e) => NAMED.has(e.name));
  const best = plus.reduce<Candidate | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  if (best !== null && (minus.length === 0 || named === undefined || plus.length > minus.length)) {
    if (outright === undefined || minus.length === 0) return best;
  }
  const weights = lexicon.table('integration', 'weights');
  const weightOf = (name: string): number => Number(weights[name] ?? 0);
  let sum = weightOf('bias');
  let top: Evidence | null = null;
  for (const e of evidence) {
    sum += weightOf(e.name);
    if (e.end > e.start && weightOf(e.name) > 0 && (top === null || weightOf(e.name) > weightOf(top.name))) top = e;
  }
  if (minus.length > 0 && best === null) sum += weightOf('module-denied');
  const shown = evidence.some((e) => SHOWS.has(e.name));
  if (sum >= 0 && top !== null && shown)
    return { value: valueOf(ctx, 'own'), start: top.start, end: top.end, score: sum };
  const denied = minus[0];
  if (
    denied !== undefined &&
    best === null &&
    lexicon.cue('integration', 'without-before', '[\\s:,"\'(|]{0,3}$').test(before(ctx, denied.start, 20))
  ) {
    return {
      value: valueOf(ctx, 'own'),
      start: sentenceStart(view.folded, denied.start, 20),
      end: denied.end,
      score: 1,
    };
  }
  return null;
}
