import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

export async function acceptWithSequelize(db: Sequelize, tx: Transaction, statement: AcceptReceiptStatement) {
  const options = { bind: statement.values, type: QueryTypes.SELECT, transaction: tx };
  return statement.accepted(await db.query(statement.text, options));
}
