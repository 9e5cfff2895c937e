import { FiscalError } from '@fiscalkit/schemas';

/** The names of one ledger in a database. */
export interface SchemaNames {
  /** The name of the schema. */
  readonly name: string;
  /** The schema, quoted, fit to stand before a dot. */
  readonly schema: string;
  /** The channel on which accepts are announced; not quoted. */
  readonly channel: string;
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]{0,49}$/;

/**
 * The names of the ledger in the schema. Throws a `FiscalError` with code `ledger.schema` for a name that is
 * not a plain one.
 */
export function schemaNames(name: string): SchemaNames {
  if (!plainName.test(name)) {
    throw new FiscalError({
      code: 'ledger.schema',
      message: 'The schema of a ledger is named with at most 50 Latin letters, digits and underscores.',
      retryable: false,
    });
  }
  return { name, schema: `"${name}"`, channel: `${name}_accepted` };
}

const avoided = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'];

/**
 * How the functions that write are planned: once per connection, perhaps while the tables are still empty.
 * Only steps from index to index give a plan that stays right when they grow.
 */
export const functionSettings = [
  'SET plan_cache_mode = force_generic_plan',
  ...avoided.map((method) => `SET enable_${method} = off`),
].join(' ');

/** Lets no function that is planned once be compiled at every call; see version 4. */
export const withoutCompilation = (schema: string) => `
  DO $do$
  DECLARE
    planned regprocedure;
  BEGIN
    FOR planned IN
      SELECT oid FROM pg_proc
      WHERE pronamespace = '${schema}'::regnamespace AND 'plan_cache_mode=force_generic_plan' = ANY (proconfig)
    LOOP
      EXECUTE format('ALTER FUNCTION %s SET jit = off', planned);
    END LOOP;
  END $do$;
`;
