import { BullModule, InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { type DynamicModule, Inject, Injectable, Module } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { ProviderApi, type Registration } from '../provider-api.js';
import type { ReceiptDto } from '../receipt.dto.js';
import { ReceiptsController } from '../receipts.controller.js';
import { ReceiptsQueue, SETTINGS, type Settings } from '../service.js';

const day = 86_400;
const queueName = 'receipts';

@Module({})
class BullmqModule {}

/** The service on BullMQ. */
export function bullmqModule(settings: Settings): DynamicModule {
  return {
    module: BullmqModule,
    imports: [
      BullModule.forRoot({ connection: { url: settings.storeUrl } }),
      BullModule.registerQueue({
        name: queueName,
        // Jobs of requests that came together go to Redis together, and share its write to the disk.
        connection: { url: settings.storeUrl, enableAutoPipelining: true },
        defaultJobOptions: {
          attempts: 20,
          backoff: { type: 'exponential', delay: 1_000 },
          // A repeat is recognised by its job, for as long as that is kept.
          removeOnComplete: { age: day },
          removeOnFail: { age: 30 * day },
        },
      }),
    ],
    controllers: [ReceiptsController],
    providers: [
      { provide: SETTINGS, useValue: settings },
      { provide: ReceiptsQueue, useClass: BullmqQueue },
      ProviderApi,
      ...(settings.delivers ? [ReceiptsProcessor] : []),
    ],
  };
}

/** Receipts as jobs, by their ids. */
@Injectable()
class BullmqQueue implements ReceiptsQueue {
  constructor(@InjectQueue(queueName) private readonly queue: Queue<ReceiptDto>) {}

  async add(receiptId: string, receipt: ReceiptDto): Promise<void> {
    await this.queue.add('register', receipt, { jobId: receiptId });
  }
}

/** Delivers receipts; its result is kept with the finished job. */
@Processor(queueName, { concurrency: 50 })
class ReceiptsProcessor extends WorkerHost {
  constructor(@Inject(ProviderApi) private readonly provider: ProviderApi) {
    super();
  }

  override process(job: Job<ReceiptDto>): Promise<Registration> {
    return this.provider.register(job.data);
  }
}
