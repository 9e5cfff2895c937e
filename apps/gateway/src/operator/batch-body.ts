import { type BatchAction, entryActions } from '@fiscalkit/ledger';
import { z } from 'zod';
import { entryFilterFields, entryFilterOf, timeForm } from './entry-filter-query.js';

/** States as one text with commas, or as a list. */
function joined(given: unknown): unknown {
  return Array.isArray(given) && given.every((each) => typeof each === 'string') ? given.join(',') : given;
}

const { state, from, to, ...otherFields } = entryFilterFields;

const filter = z.strictObject({
  ...otherFields,
  from: from.describe(timeForm),
  to: to.describe(timeForm),
  state: z.preprocess(joined, state),
  all: z.literal(true).optional(),
});

/** Body of an act on all entries that match a filter. */
export const batchBody = z.strictObject({
  reason: z.string({ error: ({ input }) => (input === undefined ? 'field.missing' : 'field.type') }),
  act: z.enum(entryActions),
  filter,
  limit: z.number().optional(),
  dry_run: z.boolean().default(false),
  after: z.string().optional(),
});

type BatchBody = z.output<typeof batchBody>;

/** Returns what the body asks for; the ledger refuses acts that are not for many. */
export function batchOf({ filter: { all, ...members }, dry_run: dryRun, act, ...others }: BatchBody) {
  return {
    ...others,
    action: act as BatchAction,
    dryRun,
    filter: { ...entryFilterOf(members), ...(all && { all }) },
  };
}
