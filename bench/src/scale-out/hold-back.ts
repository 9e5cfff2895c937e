import type { Client } from 'pg';

/** Keeps all workers from claiming until the function that this answers is called: they start at the same moment. */
export async function holdBack(client: Client): Promise<() => Promise<void>> {
  await client.query('BEGIN');
  await client.query('LOCK TABLE fiscalkit.deliveries IN EXCLUSIVE MODE');
  return async () => {
    await client.query('COMMIT');
  };
}
