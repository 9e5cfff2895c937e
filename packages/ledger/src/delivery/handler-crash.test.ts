import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLedger } from '../create-ledger.js';
import type { FiscalEvent } from '../entry/fiscal-event.js';
import { testMerchant } from '../services/ledger-harness.fixture.js';
import { claimDue } from '../store/claim-due.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { until } from './delivery-harness.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-ledger-'));
  path = join(folder, 'ledger.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function openWithHandler(store: LedgerStore) {
  const merchants = [{ ...testMerchant, providers: [new ScriptedProvider('register')] }];
  const ledger = createLedger({ store, merchants });
  const events: FiscalEvent[] = [];
  ledger.events.on('mail', ['receipt.registered'], (event) => {
    events.push(event);
  });
  return { ledger, events };
}

it('calls a handler again, with the same event, when the process was killed in the middle of it', async () => {
  const loader = fileURLToPath(new URL('../store/sqlite/source-loader.fixture.ts', import.meta.url));
  const program = fileURLToPath(new URL('dying-handler.fixture.ts', import.meta.url));
  const doomed = spawn(process.execPath, ['--import', loader, program, path]);
  const exited = once(doomed, 'exit');
  const ids: string[] = [];
  for await (const id of createInterface({ input: doomed.stdout })) {
    ids.push(id);
    doomed.kill('SIGKILL');
  }
  await exited;
  expect(ids).toHaveLength(1);

  const store = createSqliteStore({ path });
  const { ledger, events } = openWithHandler(store);
  await ledger.start();
  await until(() => events.length > 0);
  await ledger.stop();
  expect(events.map(({ id }) => id)).toEqual(ids);
  expect(events[0]?.entry.state).toBe('registered');
  expect(await store.nextDeliveryInMs('mail')).toBeNull();
  await store.close();
});

it('calls a handler for what was registered just before the process ended', async () => {
  const store = createSqliteStore({ path });
  await store.subscribe([{ handler: 'mail', kinds: ['receipt.registered'] }]);
  await store.accept(newEntry());
  const [claim] = await claimDue(store, { provider: 'memory', limit: 1, leaseMs: 60_000, worker: 'one' });
  if (!claim) throw new Error('nothing was due');
  const registration = { providerDocumentId: null, mark: null, link: null, details: {} };
  const transition = { to: 'registered', dueInMs: null, failures: 0, registration } as const;
  await store.settle({ id: claim.entry.id, fence: claim.fence, transition });
  await store.close();

  const again = createSqliteStore({ path });
  const { ledger, events } = openWithHandler(again);
  await ledger.start();
  await until(() => events.length > 0);
  await ledger.stop();
  expect(events.map(({ entry }) => entry.id)).toEqual([claim.entry.id]);
  await again.close();
});
