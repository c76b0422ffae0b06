// `preticket export`: what staff confirmed of conversations, as labelled JSON lines that `rules backtest` and `rules fit` take. Redacted as kept.
import { once } from 'node:events';
import { createDirectory } from '../channels/slack/directory';
import { readBeside } from '../channels/slack/beside';
import { NONE } from '../classify/classifier';
import { readConfig } from '../config';
import { createParts } from '../main';
import { startProgress } from './progress';

/** Errors as the server's start. Conversations that were deleted or have expired are left out. */
export async function exportCommand(): Promise<void> {
  const parts = await createParts({ ...readConfig(process.env), logLevel: 'silent' }, { idle: true });
  const progress = startProgress();
  const { cases } = parts.service;
  let count = 0;
  try {
    const ids = await createDirectory(cases, parts.secret).labelled();
    for (const id of ids) {
      progress.tick(`exporting ${count} of ${ids.length}`);
      const seen = await cases.load({ id, token: '' });
      const label = readBeside(seen?.beside)?.label;
      if (seen === undefined || label === undefined) continue;
      const said = await cases.said({ id, token: '' });
      if (said.length === 0) continue;
      const { language, fields } = cases.view(seen.record, parts.engine.pack.pack.defaultLanguage);
      const line = {
        id,
        lang: language,
        kind: 'confirmed',
        text: said.join('\n\n'),
        primary: label.cause ?? NONE,
        acceptable: [],
        fields: Object.fromEntries(fields.flatMap(({ key, value }) => (value === null ? [] : [[key, value]]))),
        // Weights are validated across writers; a conversation is one.
        writer: id,
      };
      if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
      count++;
    }
  } finally {
    progress.end();
    await parts.close();
  }
}
