/** The condition that no earlier entry of the queue of the delivery `d` is unfinished, those that wait for a sale aside. */
export const isFirst = (schema: string) => `NOT EXISTS (
        SELECT FROM ${schema}.deliveries AS earlier
        WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
        AND earlier.state NOT IN ('registered', 'rejected') AND earlier.awaits IS NULL
      )`;

/**
 * The condition that the delivery `d` waits for no other, nor for a sale. What was begun goes on: one that waited for a sale, and
 * that it has overtaken, goes after it.
 */
export const waitsForNone = (schema: string) =>
  `d.awaits IS NULL AND (d.last_attempt_at IS NOT NULL OR ${isFirst(schema)})`;

/** The condition that nothing of the queue of the delivery `d` is under way. */
export const noneIsBegun = (schema: string) => `NOT EXISTS (
        SELECT FROM ${schema}.deliveries AS other
        WHERE other.queue = d.queue AND other.sequence <> d.sequence
        AND other.state NOT IN ('registered', 'rejected') AND other.last_attempt_at IS NOT NULL
      )`;
