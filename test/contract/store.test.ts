// Each store under the one contract.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedStore } from '../../src/stores/embedded';
import { createMemoryStore } from '../../src/stores/memory';
import { storeContract } from '../support/store-contract';

storeContract('memory', (now) => Promise.resolve({ store: createMemoryStore(now), end: () => Promise.resolve() }));

storeContract('embedded', async (now) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-store-'));
  const end = (): Promise<void> => fs.promises.rm(dir, { recursive: true, force: true });
  return { store: await openEmbeddedStore({ dir, now }), end };
});
