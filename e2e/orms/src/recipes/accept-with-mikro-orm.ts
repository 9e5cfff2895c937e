import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { SqlEntityManager } from '@mikro-orm/postgresql';

export async function acceptWithMikroOrm(manager: SqlEntityManager, statement: AcceptReceiptStatement) {
  return statement.accepted(await manager.execute(statement.questionMarks, statement.values));
}
