import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

export async function acceptWithDrizzle(tx: PgDatabase<PgQueryResultHKT>, statement: AcceptReceiptStatement) {
  return statement.accepted(await tx.execute(sql(statement.strings, ...statement.values)));
}
