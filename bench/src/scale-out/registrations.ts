import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';

const lookEveryMs = 200;
const patienceMs = 300_000;

interface Figures {
  readonly registered: number;
  readonly others: number;
  readonly seconds: number;
}

const figures = `
  SELECT count(*) FILTER (WHERE state = 'registered')::integer AS registered,
    count(*) FILTER (WHERE state <> 'registered')::integer AS others,
    extract(epoch FROM max(changed_at) - min(changed_at))::double precision AS seconds
  FROM fiscalkit.deliveries`;

/** Waits until everything is registered; answers how many a second, from the first to the last, by the database's clock. */
export async function registrationsPerSecond(client: Client): Promise<number> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
    await delay(lookEveryMs);
    const [now] = (await client.query<Figures>(figures)).rows;
    if (now?.others === 0) return (now.registered - 1) / now.seconds;
  }
  throw new Error('not everything was registered in time');
}
