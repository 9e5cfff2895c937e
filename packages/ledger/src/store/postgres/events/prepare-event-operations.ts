import type { DelayQuery } from '../../event-store.js';
import type { PostgresDatabase } from '../postgres-database.js';
import type { SchemaNames } from '../schema/schema-names.js';
import { statement } from '../statement.js';
import { prepareClaimDeliveries } from './claim-deliveries.js';
import { prepareSettleDeliveries } from './settle-deliveries.js';
import { prepareSubscribe } from './subscribe.js';

/** Prepares all that handlers of events need of the store. */
export function prepareEventOperations(names: SchemaNames, database: PostgresDatabase) {
  const { schema } = names;
  const raise = statement(`SELECT ${schema}.raise($1, $2, $3) AS raised`);
  const next = statement(`
    SELECT greatest(0, ceil(${schema}.milliseconds(min(due_at)) - ${schema}.milliseconds(clock_timestamp())))
      AS due_in_ms
    FROM ${schema}.event_deliveries WHERE handler = $1 AND due_at IS NOT NULL HAVING min(due_at) IS NOT NULL`);

  return {
    subscribe: prepareSubscribe(names, database),
    claim: prepareClaimDeliveries(names, database.run),
    settle: prepareSettleDeliveries(names, database.run),
    async raise({ delay, olderThanMs, limit }: DelayQuery): Promise<number> {
      const [answer] = await database.run<{ raised: number }>(raise, [delay, olderThanMs, limit]);
      return answer?.raised ?? 0;
    },
    async nextInMs(handler: string): Promise<number | null> {
      const [answer] = await database.read<{ due_in_ms: number }>(next, [handler]);
      return answer?.due_in_ms ?? null;
    },
  };
}
