import { type DynamicModule, Module } from '@nestjs/common';
import { ProviderApi } from '../service/provider-api.js';
import { ReceiptsController } from '../service/receipts.controller.js';
import { ReceiptsQueue } from '../service/receipts-queue.js';
import type { Settings } from '../service/settings.js';
import { SETTINGS } from '../service/tokens.js';
import { Boss } from './boss.js';
import { PgBossQueue } from './pg-boss-queue.js';
import { ReceiptsWorker } from './receipts.worker.js';

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
