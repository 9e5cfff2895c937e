import { withClient } from '../postgres/with-client.js';
import { acceptInAdvance } from './accept-in-advance.js';

/** Makes ledgers with the same receipts waiting in each, every one a database of its own; answers its address. */
export type MakeWaitingLedger = (name: string) => Promise<string>;

/** Accepts so many receipts, and prepares to copy the ledger that holds them. */
export async function prepareWaitingLedgers(
  connectionString: string,
  receipts: number,
): Promise<MakeWaitingLedger> {
  const original = 'waiting';
  const make = async (name: string, template: string) => {
    await withClient(connectionString, (client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`),
    );
    return new URL(name, connectionString).href;
  };
  await acceptInAdvance(await make(original, 'template1'), receipts);
  return (name) => make(name, original);
}
