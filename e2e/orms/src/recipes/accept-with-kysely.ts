import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import { CompiledQuery, type Transaction } from 'kysely';

export async function acceptWithKysely<Db>(tx: Transaction<Db>, statement: AcceptReceiptStatement) {
  const query = CompiledQuery.raw(statement.text, statement.values);
  return statement.accepted(await tx.executeQuery(query));
}
