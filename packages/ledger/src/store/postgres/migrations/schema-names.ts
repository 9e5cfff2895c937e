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

/**
 * Returns SQL that is written for the default schema, `fiscalkit`, for another ledger. So what stands here can
 * be read and tried as it is, and its digest is that of a text.
 */
export function sqlFor({ schema, channel }: SchemaNames, sql: string): string {
  return sql.replaceAll('fiscalkit.', `${schema}.`).replaceAll("'fiscalkit_accepted'", `'${channel}'`);
}
