import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { ProviderApi } from '../service/provider-api.js';
import { ReceiptsController } from '../service/receipts.controller.js';
import { ReceiptsQueue } from '../service/receipts-queue.js';
import type { Settings } from '../service/settings.js';
import { SETTINGS } from '../service/tokens.js';
import { BullmqQueue } from './bullmq-queue.js';
import { queueName } from './queue-name.js';
import { ReceiptsProcessor } from './receipts.processor.js';

const day = 86_400;

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
          // A repeat is known by its job: so long are they kept.
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
