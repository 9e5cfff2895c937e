/** The condition that no earlier entry of the queue of the delivery `d` is unfinished. */
export const waitsForNone = (schema: string) => `NOT EXISTS (
        SELECT FROM ${schema}.deliveries AS earlier
        WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
        AND earlier.state NOT IN ('registered', 'rejected')
      )`;
