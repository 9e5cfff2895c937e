import { entryStates, type StuckEntriesQuery } from '@fiscalkit/ledger';
import { type Fault, FiscalError, queryFaults } from '@fiscalkit/schemas';
import { z } from 'zod';
import { searchParameters } from './search-query.js';

/** Registered entries need nobody: who asks for them, searches. */
const listedStates = entryStates.filter((each) => each !== 'registered');
const state = z.enum(listedStates);

/** Least and most of each parameter that is a number. */
const limits = {
  older_than_ms: [0, 31_536_000_000],
  offset: [0, 1_000_000_000],
  limit: [1, 1000],
} as const;

function whole(name: keyof typeof limits) {
  const [least, most] = limits[name];
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
  older_than_ms: whole('older_than_ms').optional(),
  offset: whole('offset').optional(),
  limit: whole('limit').optional(),
});

/** All parameters of the route, for who misspells one. */
const allParameters = z.object({ ...querySchema.shape, ...searchParameters });

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
    faults: queryFaults(allParameters, error, query).map(inWordsOfNumbers),
  });
}

/** Says the limits of a number, where a document speaks of the length of a text and of its format. */
function inWordsOfNumbers(fault: Fault): Fault {
  const { code, path } = fault;
  if (!isNumber(path) || !['field.length', 'field.format'].includes(code)) return fault;
  const [least, most] = limits[path];
  return { ...fault, message: `${path} is a whole number between ${least} and ${most}.` };
}

function isNumber(path: string): path is keyof typeof limits {
  return Object.hasOwn(limits, path);
}
