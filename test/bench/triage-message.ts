// What does the triage of a 1 KiB message cost, beside node-nlp's process()?
import path from 'node:path';
import { createEngine } from '../../src/engine';
import { loadPack } from '../../src/pack/load';
import { peers } from './peers';
import { medianMs } from './timing';

interface Manager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<unknown>;
}

const MESSAGE =
  `Hello, since we moved our renewals job to a new server last Tuesday every call is refused. The password is right, I checked it
twice and the same one works from the old box. We added 203.0.113.40 to the list before the move, but the host told us that outgoing traffic
uses another gateway. This is what the log says: 2026-11-03T02:00:12+07:00 GET https://api.nicenic.net/v2/?category=domain&action=check
&domains=lotus-teahouse.com -> 403 {"code":403,"msg":"request refused"}. Account lotusreg. We do not use WHMCS, it is our own Python
script with requests. What should we look at first? `
    .padEnd(1024, 'Thanks in advance for any hint. ')
    .slice(0, 1024);

export async function benchTriageMessage(): Promise<string> {
  const engine = createEngine(await loadPack(path.join(__dirname, '..', '..')));
  // Each call gets another text: neither side may answer from a cache.
  let count = 0;
  const next = (): string => `${++count} ${MESSAGE}`;
  for (let i = 0; i < 200; i++) engine.triage(next());
  const ours =
    (await medianMs(() => {
      for (let i = 0; i < 100; i++) engine.triage(next());
    })) / 100;
  const { NlpManager } = peers()('node-nlp') as { NlpManager: new (options: object) => Manager };
  const manager = new NlpManager({ languages: ['en'], forceNER: true, nlu: { log: false }, autoSave: false });
  for (let label = 0; label < 9; label++) {
    for (let i = 0; i < 20; i++)
      manager.addDocument('en', `case ${label} sample ${i} ${MESSAGE.slice(i * 20, i * 20 + 80)}`, `label-${label}`);
  }
  await manager.train();
  const theirs = await medianMs(() => manager.process('en', next()));
  return `triage of a 1 KiB message: preticket ${ours.toFixed(2)} ms, node-nlp process() ${theirs.toFixed(1)} ms, ratio 1/${(theirs / ours).toFixed(0)}`;
}
