import type { Verdict } from '@fiscalkit/client';
import { createPostgresStore } from '../store/postgres/create-postgres-store.js';
import { startDelivery } from './delivery-harness.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

/**
 * A process that delivers to a register which bears one call at a time: from the ledger of the connection and
 * schema that it is given, to that address, until it is killed.
 */
const [connectionString = '', schema = '', address = ''] = process.argv.slice(2);

const provider = new ScriptedProvider('memory', {
  deduplicatesBy: 'key',
  findsBy: 'nothing',
  limits: { concurrency: 1 },
});
provider.submit = async ({ reference }, options = {}): Promise<Verdict> => {
  try {
    const signal = options.signal ?? null;
    await (await fetch(address, { method: 'POST', body: reference, signal })).text();
  } catch {
    return { kind: 'unknown', reason: { code: 'provider.reset', message: 'Cut off.' } };
  }
  const registration = { providerDocumentId: reference, mark: null, link: null, details: {} };
  return { kind: 'registered', registration };
};

const store = await createPostgresStore({ connectionString, schema, connections: 4 });
const defaults = { leaseMs: 1_500, startWithinMs: 300, callMs: 1_000, pollMs: 50 };
startDelivery({ providers: [provider], store, defaults }).dispatcher.start([provider.name]);
