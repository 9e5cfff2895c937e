import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { Knex } from 'knex';

export async function acceptWithKnex(transaction: Knex.Transaction, statement: AcceptReceiptStatement) {
  return statement.accepted(await transaction.raw(statement.questionMarks, statement.values));
}
