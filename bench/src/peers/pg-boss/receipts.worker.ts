import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, JobResult } from 'pg-boss';
import { ProviderApi } from '../service/provider-api.js';
import type { ReceiptDto } from '../service/receipt/receipt.dto.js';
import { Boss } from './boss.js';
import { queueName } from './queue-name.js';

/** Delivers receipts, a batch at a time. */
@Injectable()
export class ReceiptsWorker implements OnApplicationBootstrap {
  constructor(
    @Inject(Boss) private readonly boss: Boss,
    @Inject(ProviderApi) private readonly provider: ProviderApi,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const options = {
      batchSize: 50,
      localConcurrency: 2,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      // A retry that is due wakes nobody.
      notifyPollingIntervalSeconds: 1,
    } as const;
    await this.boss.work(queueName, options, (jobs: Job<ReceiptDto>[]) =>
      Promise.all(jobs.map((job) => this.#deliver(job))),
    );
  }

  async #deliver({ id, data }: Job<ReceiptDto>): Promise<JobResult> {
    try {
      return { id, status: 'completed', output: await this.provider.register(data) };
    } catch (error) {
      return { id, status: 'failed', output: { message: String(error) } };
    }
  }
}
