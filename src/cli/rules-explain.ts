// `preticket rules explain TEXT`: what the engine sees in a text, and which rules fire or nearly do.
import { loadEngine } from './engine';
import { readAll } from './input';
import { sources } from './sources';

/** Prints the explanation of `text`, or of standard input for `-`. */
export async function explainCommand(text: string): Promise<void> {
  const source = sources(['-'])[0];
  const words = text === '-' && source ? await readAll(source.open(), source.name) : text;
  const { result, mentions, facts, fired, near, scores } = (await loadEngine()).explain(words);
  const lines: string[] = [`verdict   ${result.cause ?? 'none'} (${result.language})`];
  for (const cause of result.causes.slice(0, 4)) lines.push(`          ${cause.probability.toFixed(3)}  ${cause.id}`);
  lines.push(
    `concepts  ${mentions.map((m) => `${m.negated ? '!' : ''}${m.concept}${m.asked ? '?' : ''} "${m.quote}"`).join(', ') || 'none'}`,
  );
  lines.push(`facts     ${facts.map((f) => `${f.fact} "${f.quote}"`).join(', ') || 'none'}`);
  lines.push('fired');
  for (const rule of fired)
    lines.push(
      `  ${rule.weight >= 0 ? '+' : ''}${rule.weight.toFixed(2)}  ${rule.id}  "${rule.quote}"`,
      `         ${rule.why}`,
    );
  lines.push('nearly (held back by unless)');
  for (const rule of near) lines.push(`  ${rule.id}  "${rule.quote}"`);
  lines.push('reader (strongest features of the first cause)');
  for (const evidence of (result.causes[0]?.evidence ?? []).filter((e) => e.rule.startsWith('reader.'))) {
    lines.push(
      `  ${evidence.weight >= 0 ? '+' : ''}${evidence.weight.toFixed(2)}  ${evidence.rule}  "${evidence.quote}"`,
    );
  }
  lines.push('questions (information + worth - effort)');
  for (const s of scores.slice(0, 5))
    lines.push(
      `  ${s.score.toFixed(3)} = ${s.information.toFixed(3)} + ${s.worth.toFixed(3)} - ${s.effort.toFixed(3)}  ${s.id}`,
    );
  process.stdout.write(`${lines.map((line) => line.replace(/\s*\n\s*/g, ' / ')).join('\n')}\n`);
}
