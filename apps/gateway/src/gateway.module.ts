import { FiscalModule } from '@fiscalkit/nestjs';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MerchantDirectory } from './access/merchant-directory.js';
import type { Configuration } from './configuration/configuration.js';
import { fiscalOptions } from './fiscal-options.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Logger } from './logs/logger.js';
import { MetricsController } from './metrics/metrics.controller.js';
import type { Metrics } from './metrics/metrics.js';
import { PaymentsController } from './payments/payments.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { CONFIGURATION, LOGGER, MERCHANTS, METRICS, STOPPING } from './tokens.js';

/** What the routes are served with. */
export interface GatewayParts {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Aborted when the gateway begins to stop: whoever waits for a provider is answered at once. */
  readonly stopping: AbortSignal;
}

const forOperators: Type[] = [HealthController, MetricsController];
const forMerchants: Type[] = [ReceiptsController, PaymentsController];

@Module({})
class GatewayModule {}

/** The routes of the gateway; a worker serves only those for operators. */
export function gatewayModule({ configuration, logger, metrics, stopping }: GatewayParts): DynamicModule {
  return {
    module: GatewayModule,
    imports: [FiscalModule.forRoot(fiscalOptions(configuration))],
    controllers: configuration.role === 'worker' ? forOperators : [...forOperators, ...forMerchants],
    providers: [
      { provide: CONFIGURATION, useValue: configuration },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: metrics },
      { provide: STOPPING, useValue: stopping },
      { provide: MERCHANTS, useValue: new MerchantDirectory(configuration) },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
}
