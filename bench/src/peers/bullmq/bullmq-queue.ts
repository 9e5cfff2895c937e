import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { ReceiptDto } from '../service/receipt/receipt.dto.js';
import type { ReceiptsQueue } from '../service/receipts-queue.js';
import { queueName } from './queue-name.js';

/** Receipts as jobs, by their ids. */
@Injectable()
export class BullmqQueue implements ReceiptsQueue {
  constructor(@InjectQueue(queueName) private readonly queue: Queue<ReceiptDto>) {}

  async add(receiptId: string, receipt: ReceiptDto): Promise<void> {
    await this.queue.add('register', receipt, { jobId: receiptId });
  }
}
