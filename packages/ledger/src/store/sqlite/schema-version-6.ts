/**
 * Accounts, through which entries are delivered. What belongs to a payment is found by the payment first, of whatever merchant.
 * The index of a merchant's entries tells what lists filter them by, and the rejected ones have an index of their own.
 */
export const schemaVersion6 = `
  ALTER TABLE entries ADD COLUMN account TEXT NOT NULL DEFAULT '';
  UPDATE entries SET account = ':' || merchant || '@' || provider;

  DROP INDEX entries_by_payment;
  CREATE INDEX entries_by_payment ON entries (payment_id, merchant, accepted_at, sequence);
  DROP INDEX entries_bound;
  DROP INDEX entries_in_order;
  CREATE INDEX entries_in_order ON entries (ordering_key, sequence) WHERE state NOT IN ('registered', 'rejected');

  DROP INDEX entries_by_time;
  CREATE INDEX entries_by_time ON entries (merchant, accepted_at, sequence, operation, operation_type, total_minor);
  CREATE INDEX entries_rejected_by_time ON entries (merchant, accepted_at) WHERE state = 'rejected';
`;
