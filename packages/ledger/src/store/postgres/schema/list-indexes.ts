/** The index of a merchant's entries tells what they are filtered by; the rejected ones have an index of their own. */
export const listIndexes = (schema: string) => `
  DROP INDEX ${schema}.entries_by_time;
  CREATE INDEX entries_by_time ON ${schema}.entries (merchant, accepted_at, sequence)
    INCLUDE (operation, operation_type, total_minor);
  CREATE INDEX IF NOT EXISTS deliveries_rejected_by_time ON ${schema}.deliveries (merchant, accepted_at) WHERE state = 'rejected';
`;
