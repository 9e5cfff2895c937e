/**
 * Accounts, through which entries are delivered. What belongs to a payment is found by the payment first, of whatever merchant.
 * What an entry depends on, and whether it waits for that; entries that were accepted before wait in the order of acceptance only.
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
  ALTER TABLE entries ADD COLUMN depends_on TEXT;
  ALTER TABLE entries ADD COLUMN awaits TEXT;
  UPDATE entries SET depends_on = CASE
    WHEN operation_type IN ('sell_refund', 'buy_refund') THEN replace(operation_type, '_refund', '')
    WHEN operation_type IN ('sell', 'buy') AND EXISTS (
      SELECT 1 FROM json_each(document, '$.settlements') WHERE json_extract(value, '$.type') = 'prepayment'
    ) THEN operation_type
  END WHERE operation = 'receipt';
  CREATE INDEX entries_awaiting ON entries (payment_id, merchant) WHERE awaits IS NOT NULL;
`;
