// What processor time does a turn of a conversation cost, beside the triage of the same text alone? And does it grow with the talk?
import path from 'node:path';
import { createEngine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { createService } from '../../src/service';
import { createTalk } from '../../src/service/core';
import { createMemoryStore } from '../../src/stores/memory';
import { TALK } from './load';

const TALKS = 30;
const ROUNDS = 5;
const LONG = 200;
const DAY_MS = 24 * 3600_000;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Milliseconds of processor time. */
async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export async function benchTurnCpu(): Promise<string[]> {
  const pack = await loadPack(path.join(__dirname, '..', '..'));
  const engine = createEngine(pack);
  const fieldKeys = (pack.fields as readonly { key: string }[]).map((field) => field.key);
  const service = createService({
    store: createMemoryStore(() => Date.now() % DAY_MS),
    talk: createTalk({ engine, fieldKeys, defaultLanguage: pack.pack.defaultLanguage }),
    engine,
    maxMessageBytes: 1 << 18,
    ttlDays: 30,
  });
  let count = 0;
  const talks = async (): Promise<void> => {
    for (let n = 0; n < TALKS; n++) {
      const { id, token } = await service.open({ language: 'en' });
      for (const text of TALK) await service.message({ id, token }, `${text} ${++count}`);
    }
  };
  const triages = (): void => {
    for (let n = 0; n < TALKS; n++) for (const text of TALK) engine.triage(`${text} ${++count}`);
  };
  for (let i = 0; i < 2; i++) {
    await talks();
    triages();
  }
  const pairs: [number, number][] = [];
  for (let i = 0; i < ROUNDS; i++) pairs.push([await cpuMs(talks), await cpuMs(triages)]);
  const turns = TALKS * TALK.length;
  const turn = median(pairs.map(([ms]) => ms)) / turns;
  const triage = median(pairs.map(([, ms]) => ms)) / turns;
  const ratio = median(pairs.map(([a, b]) => a / b));

  const { id, token } = await service.open({ language: 'en' });
  const costs: number[] = [];
  for (let n = 0; n < LONG; n++)
    costs.push(await cpuMs(() => service.message({ id, token }, `${TALK[n % TALK.length] ?? ''} ${++count}`)));
  const early = median(costs.slice(10, 40));
  const late = median(costs.slice(LONG - 30));
  await service.stop();
  return [
    `processor time of a turn: ${turn.toFixed(2)} ms, of triage alone ${triage.toFixed(2)} ms, ratio ${ratio.toFixed(2)}`,
    `processor time of turns 11 to 40: ${early.toFixed(2)} ms, of turns ${LONG - 29} to ${LONG}: ${late.toFixed(2)} ms, ratio ${(late / early).toFixed(2)}`,
  ];
}
