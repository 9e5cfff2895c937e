import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { type Job, type JobResult, PgBoss } from 'pg-boss';
import { ProviderApi } from '../provider-api.js';
import type { ReceiptDto } from '../receipt.dto.js';
import { ReceiptsController } from '../receipts.controller.js';
import { ReceiptsQueue, SETTINGS, type Settings } from '../service.js';

const queueName = 'receipts';

@Module({})
class PgBossModule {}

/** The service on pg-boss. */
export function pgBossModule(settings: Settings): DynamicModule {
  return {
    module: PgBossModule,
    controllers: [ReceiptsController],
    providers: [
      { provide: SETTINGS, useValue: settings },
      { provide: ReceiptsQueue, useClass: PgBossQueue },
      Boss,
      ProviderApi,
      ...(settings.delivers ? [ReceiptsWorker] : []),
    ],
  };
}

/** The job queue: started with the service, and stopped with it. */
@Injectable()
class Boss extends PgBoss implements OnModuleInit, OnApplicationShutdown {
  readonly #notifies: boolean;

  constructor(@Inject(SETTINGS) { storeUrl, delivers, notifies }: Settings) {
    super({ connectionString: storeUrl, max: 20, useListenNotify: notifies && delivers });
    this.#notifies = notifies;
    this.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  }

  async onModuleInit(): Promise<void> {
    await this.start();
    await this.createQueue(queueName, {
      // A table of its own, as for every large queue.
      partition: true,
      notify: this.#notifies,
      retryLimit: 20,
      retryBackoff: true,
      retryDelay: 1,
      retryDelayMax: 600,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}

/** Receipts as jobs, by their ids. */
@Injectable()
class PgBossQueue implements ReceiptsQueue {
  constructor(@Inject(Boss) private readonly boss: Boss) {}

  async add(receiptId: string, receipt: ReceiptDto): Promise<void> {
    await this.boss.send(queueName, receipt, { id: receiptId });
  }
}

/** Delivers receipts, a batch at a time. */
@Injectable()
class ReceiptsWorker implements OnApplicationBootstrap {
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
