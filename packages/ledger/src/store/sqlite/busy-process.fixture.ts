import { writeSync } from 'node:fs';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';

/**
 * A process that accepts entries, and claims some, until it is killed. Prints the ids of accepted entries.
 */
const store = createSqliteStore({ path: process.argv[2] ?? '' });

async function acceptForever(): Promise<void> {
  for (;;) {
    const { entry } = await store.accept(newEntry());
    writeSync(1, `${entry.id}\n`);
  }
}

async function claimForever(): Promise<void> {
  const { account, merchant } = newEntry();
  const shares = [{ account, merchant, limit: 1 }];
  for (;;) await store.claim({ provider: 'memory', shares, leaseMs: 3_600_000, worker: 'doomed' });
}

await Promise.all([acceptForever(), acceptForever(), claimForever()]);
