import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ProviderApi, type Registration } from '../service/provider-api.js';
import type { ReceiptDto } from '../service/receipt/receipt.dto.js';
import { queueName } from './queue-name.js';

/** Delivers receipts; what it answers is kept with the job that is done. */
@Processor(queueName, { concurrency: 50 })
export class ReceiptsProcessor extends WorkerHost {
  constructor(@Inject(ProviderApi) private readonly provider: ProviderApi) {
    super();
  }

  override process(job: Job<ReceiptDto>): Promise<Registration> {
    return this.provider.register(job.data);
  }
}
