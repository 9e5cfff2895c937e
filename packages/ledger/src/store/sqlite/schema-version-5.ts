/**
 * The counts of entries by state are written before each commit, not by triggers: one of these made every statement on an entry keep a
 * copy of the pages that it changed.
 */
export const schemaVersion5 = `
  DROP TRIGGER IF EXISTS counts_new_entry;
  DROP TRIGGER IF EXISTS counts_new_state;
`;
