import { longestTerm, type SearchEntries } from '@fiscalkit/ledger';
import { type Fault, FiscalError, queryFaults } from '@fiscalkit/schemas';
import { z } from 'zod';
import { entryFilterFields, entryFilterOf, timeForm } from './entry-filter-query.js';

const mostEntries = 1_000;

/** Parameters of a search. */
export const searchParameters = {
  q: z.string().trim().min(1).max(longestTerm).optional(),
  ...entryFilterFields,
  cursor: z.string().optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(mostEntries))
    .optional(),
};

const searchSchema = z.strictObject(searchParameters);

/** Parameters of the list of what is stuck alone. */
const ofStuck = ['older_than_ms', 'offset'];

/** Parameters that ask for a search; the others have a meaning for the list of what is stuck, too. */
const ofSearch = Object.keys(searchParameters).filter(
  (name) => !['state', 'merchant', 'limit'].includes(name),
);

/** Whether a query asks for a search among all entries, and not for what is stuck. */
export function asksForSearch(query: Readonly<Record<string, unknown>>): boolean {
  return ofSearch.some((name) => name in query) || String(query.state).split(',').includes('registered');
}

/** Parses the query of a search. Throws `query.invalid` with every fault. */
export function readSearchQuery(query: unknown): SearchEntries {
  const { success, data, error } = searchSchema.safeParse(query);
  if (success) {
    const { q, cursor, limit, ...filter } = data;
    return { ...entryFilterOf(filter), term: q, cursor, limit };
  }
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the search can not be used.',
    retryable: false,
    faults: queryFaults(searchSchema, error, query).map(inWordsOfSearch),
  });
}

const words: Readonly<Record<string, string>> = {
  limit: `limit is a whole number between 1 and ${mostEntries}.`,
  from: `from is a time: ${timeForm}.`,
  to: `to is a time: ${timeForm}.`,
  q: `q is a text of 1 to ${longestTerm} characters, and not blank.`,
};

function inWordsOfSearch(fault: Fault): Fault {
  const { path } = fault;
  if (ofStuck.includes(path)) {
    const message = `${path} belongs to the list of what is stuck; a search goes on with cursor, and filters by from and to.`;
    return { ...fault, message };
  }
  const message = words[path];
  return message === undefined || fault.code === 'field.type' ? fault : { ...fault, message };
}
