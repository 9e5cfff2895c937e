/**
 * Events on their way to handlers. A delivery without a due time waits for an earlier one of its entry and handler; a finished
 * one is gone.
 */
export const eventTables = (schema: string) => `
  CREATE TABLE ${schema}.subscriptions (
    kind text NOT NULL,
    handler text NOT NULL,
    PRIMARY KEY (kind, handler)
  );

  CREATE TABLE ${schema}.event_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handler text NOT NULL,
    kind text NOT NULL,
    sequence bigint NOT NULL REFERENCES ${schema}.entries,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    due_at timestamptz,
    worker text,
    fence bigint NOT NULL,
    attempts integer NOT NULL
  );
  CREATE INDEX event_deliveries_due ON ${schema}.event_deliveries (handler, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX event_deliveries_in_order ON ${schema}.event_deliveries (sequence, handler, id);
`;
