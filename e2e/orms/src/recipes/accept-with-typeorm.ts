import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { EntityManager } from 'typeorm';

export async function acceptWithTypeorm(manager: EntityManager, statement: AcceptReceiptStatement) {
  return statement.accepted(await manager.query(statement.text, statement.values));
}
