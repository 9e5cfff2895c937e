import { Inject, Injectable } from '@nestjs/common';
import type { ReceiptDto } from '../service/receipt/receipt.dto.js';
import type { ReceiptsQueue } from '../service/receipts-queue.js';
import { Boss } from './boss.js';
import { queueName } from './queue-name.js';

/** Receipts as jobs, by their ids. */
@Injectable()
export class PgBossQueue implements ReceiptsQueue {
  constructor(@Inject(Boss) private readonly boss: Boss) {}

  async add(receiptId: string, receipt: ReceiptDto): Promise<void> {
    await this.boss.send(queueName, receipt, { id: receiptId });
  }
}
