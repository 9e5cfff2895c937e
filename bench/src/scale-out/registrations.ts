import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';

const lookEveryMs = 200;
const patienceMs = 300_000;

/** What was registered, and how long it took from the first to the last, by the database's clock. */
export interface Registrations {
  readonly receipts: number;
  readonly seconds: number;
}

const unfinished = `
  SELECT FROM fiscalkit.deliveries WHERE state NOT IN ('registered', 'rejected') LIMIT 1`;

const registrations = `
  SELECT count(*)::integer AS receipts,
    extract(epoch FROM max(changed_at) - min(changed_at))::double precision AS seconds
  FROM fiscalkit.deliveries WHERE state = 'registered'`;

/** Waits until everything is registered. */
export async function untilRegistered(client: Client): Promise<Registrations> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
    await delay(lookEveryMs);
    if ((await client.query(unfinished)).rowCount !== 0) continue;
    const [all] = (await client.query<Registrations>(registrations)).rows;
    if (all && all.receipts > 0) return all;
  }
  throw new Error('not everything was registered in time');
}
