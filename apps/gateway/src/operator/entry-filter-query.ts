import { type EntryFilter, entryStates } from '@fiscalkit/ledger';
import { z } from 'zod';

/** Longest names of accounts: an address and the merchant's id at the provider. */
const longestAccount = 2_048;
const longestName = 255;

/** Times as they are read, for messages. */
export const timeForm = 'RFC 3339 with a zone, such as 2026-03-01T09:00:00Z';

const name = z.string().min(1).max(longestName);

const time = z
  .string()
  // A plus sign in a query means a blank.
  .transform((text) => text.replace(/ (?=\d{2}:\d{2}$)/, '+'))
  .pipe(z.iso.datetime({ offset: true }))
  .transform((text) => new Date(text));

/**
 * Parameters that filter entries, as texts: for a query, and for what acts on all that match. `from` is inclusive,
 * `to` exclusive; both are times of acceptance.
 */
export const entryFilterFields = {
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(entryStates)))
    .optional(),
  merchant: name.optional(),
  provider: name.optional(),
  account: z.string().min(1).max(longestAccount).optional(),
  operation: name.optional(),
  operation_type: name.optional(),
  reason: name.optional(),
  from: time.optional(),
  to: time.optional(),
};

/** The checked parameters of a filter. */
export type EntryFilterParameters = z.output<z.ZodObject<typeof entryFilterFields>>;

/** Returns the filter that the parameters name. */
export function entryFilterOf(parameters: EntryFilterParameters): EntryFilter {
  const { state, operation_type: operationType, from, to, merchant, provider, account } = parameters;
  const { operation, reason } = parameters;
  const filter = { states: state, merchant, provider, account, operation, operationType, reason };
  return { ...filter, acceptedFrom: from, acceptedBefore: to };
}
