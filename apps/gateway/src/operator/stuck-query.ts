import { entryStates, type StuckEntriesQuery } from '@fiscalkit/ledger';
import { FiscalError, queryFaults } from '@fiscalkit/schemas';
import { z } from 'zod';

/** Registered entries need nobody: a list of them would be empty, and read as "not in the ledger". */
const listedStates = entryStates.filter((each) => each !== 'registered');
const state = z.enum(listedStates);

function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

const querySchema = z.strictObject({
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(state))
    .optional(),
  merchant: z.string().min(1).optional(),
  older_than_ms: whole(0, 31_536_000_000).optional(),
  offset: whole(0, 1_000_000_000).optional(),
  limit: whole(1, 1000).optional(),
});

/** Parses the query for stuck entries. Throws `query.invalid` with every fault. */
export function readStuckQuery(query: unknown): StuckEntriesQuery {
  const { success, data, error } = querySchema.safeParse(query);
  if (success) {
    const { state: states, older_than_ms: olderThanMs, ...others } = data;
    return { ...others, states, olderThanMs };
  }
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults: queryFaults(querySchema, error, query),
  });
}
