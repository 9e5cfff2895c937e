/** The shop's own tables; those of the ledger are in its schema. */
export const tables = `
  CREATE TABLE IF NOT EXISTS orders (
    id uuid PRIMARY KEY,
    payment_id text NOT NULL UNIQUE,
    email text NOT NULL,
    position jsonb NOT NULL,
    total numeric(16, 2) NOT NULL,
    receipt_id uuid NOT NULL UNIQUE,
    refund_receipt_id uuid UNIQUE
  );
  CREATE TABLE IF NOT EXISTS mailed_events (
    event_id text PRIMARY KEY
  );
`;
