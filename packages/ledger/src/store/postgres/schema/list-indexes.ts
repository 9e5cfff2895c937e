/** The index of a merchant's entries tells what they are filtered by. */
export const listIndexes = (schema: string) => `
  DROP INDEX ${schema}.entries_by_time;
  CREATE INDEX entries_by_time ON ${schema}.entries (merchant, accepted_at, sequence)
    INCLUDE (operation, operation_type, total_minor);
`;
