// What Botkit is given to keep its state in: nothing stays. Conversations rest in the store of the service alone.
import type { Storage, StoreItems } from 'botbuilder-core';

export const FORGETFUL_STORAGE: Storage = {
  read: () => Promise.resolve({} as StoreItems),
  write: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};
