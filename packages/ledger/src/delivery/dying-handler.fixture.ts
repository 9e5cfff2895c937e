import { writeSync } from 'node:fs';
import { createLedger } from '../create-ledger.js';
import { testMerchant } from '../services/ledger-harness.fixture.js';
import { sampleReceipt } from '../services/sample-receipt.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

/** A process whose handler of registered receipts prints the event's id and never ends. */
const store = createSqliteStore({ path: process.argv[2] ?? '' });
const merchants = [{ ...testMerchant, providers: [new ScriptedProvider('register')] }];
const ledger = createLedger({ store, merchants });

ledger.events.on('mail', ['receipt.registered'], async ({ id }) => {
  writeSync(1, `${id}\n`);
  await new Promise(() => {});
});
await ledger.start();
await ledger.receipts.create({ merchant: testMerchant.id, receipt: sampleReceipt() });
