// What the egress check saw: the address that requests really leave from, held against the list that the person gave.
import ipaddr from 'ipaddr.js';
import { judge } from './judge';
import { nextQuestion } from './next';
import { putQuestion, sayVerdict, showDraft } from './speak';
import { say, sentence, setField, type Turn } from './working';

const MOST_SEEN = 20;

/** Takes an address that called the check; null (no address) is passed over. */
export function egressSeen(turn: Turn, address: string | null): void {
  const { now, engine } = turn;
  if (address === null || now.status === 'submitted' || now.status === 'closed') return;
  const key = engine.fields.keyOf('ip');
  const fresh = !now.egress.includes(address);
  if (!fresh) return;
  now.egress = [...now.egress, address].slice(-MOST_SEEN);
  // No message, so there are no words to quote.
  const place = [-1, 0, 0] as const;
  const { addresses } = now.evidence;
  now.evidence = {
    ...now.evidence,
    addresses: [...addresses, { value: address, role: 'outbound', listed: isListed(address, listedOf(turn)), place }],
  };
  if (key !== undefined) setField(turn, key, { value: address, source: address, by: 'egress' });
  say(turn, 'text', sentence(turn, 'egressSeen', { address }));
  const listed = listedOf(turn);
  if (now.egress.length > 1) say(turn, 'text', sentence(turn, 'egressSeveral', { addresses: now.egress.join(', ') }));
  if (listed.length > 0) {
    const inList = isListed(address, listed);
    say(
      turn,
      'text',
      inList ? sentence(turn, 'egressListed') : sentence(turn, 'egressDiffers', { listed: listed.join(', ') }),
    );
  }
  const judged = judge(now, engine);
  now.cause = judged.cause;
  now.probabilities = judged.probabilities;
  if (now.status !== 'open' && now.status !== 'review') return;
  sayVerdict(turn, judged, now.turns - 1);
  if (now.status === 'open' && now.last !== null && now.last.field !== key) return;
  const next = now.status === 'review' ? null : nextQuestion(now, judged, engine);
  if (next === null) showDraft(turn, judged);
  else putQuestion(turn, next, judged, undefined);
}

/** Addresses and networks that the person said are listed; those that the check added do not count. */
function listedOf(turn: Turn): string[] {
  const { evidence, egress } = turn.now;
  return [
    ...new Set(
      evidence.addresses.filter(({ listed, value }) => listed && !egress.includes(value)).map(({ value }) => value),
    ),
  ].concat(networksOf(turn));
}

/** Networks in CIDR form stand in the words of the person. */
function networksOf(turn: Turn): string[] {
  const own = turn.now.transcript.filter((entry) => entry.turn >= turn.now.from);
  return [
    ...new Set(
      own.flatMap(({ text }) => text.slice(0, 4000).match(/(?<![\w.:])[\da-f.:]{4,43}\/\d{1,3}(?![\w/])/gi) ?? []),
    ),
  ].filter((words) => ipaddr.isValidCIDR(words));
}

function isListed(address: string, listed: readonly string[]): boolean {
  const seen = ipaddr.parse(address);
  return listed.some((entry) => {
    if (!entry.includes('/')) return entry === address;
    const [base, length] = ipaddr.parseCIDR(entry);
    return base.kind() === seen.kind() && seen.match(base, length);
  });
}
