import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { Prisma } from '../prisma/generated/client.js';

export async function acceptWithPrisma(tx: Prisma.TransactionClient, statement: AcceptReceiptStatement) {
  return statement.accepted(await tx.$queryRawUnsafe(statement.text, ...statement.values));
}
