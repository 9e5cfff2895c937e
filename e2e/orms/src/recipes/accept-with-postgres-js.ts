import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { TransactionSql } from 'postgres';

export async function acceptWithPostgresJs(sql: TransactionSql, statement: AcceptReceiptStatement) {
  return statement.accepted(await sql.unsafe(statement.text, statement.values));
}
