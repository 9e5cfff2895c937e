import type { LedgerStore } from '@fiscalkit/ledger';
import { FiscalModule } from '@fiscalkit/nestjs';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Door } from './access/door.js';
import { KeyDirectory } from './access/key-directory.js';
import { MerchantDirectory } from './access/merchant-directory.js';
import { ReplayGuards } from './access/replay-guards.js';
import { EntriesController } from './admin/entries.controller.js';
import { ProviderPlans } from './admin/provider-plans.js';
import type { Configuration } from './configuration/configuration.js';
import { DelayReporter } from './delays/delay-reporter.js';
import { fiscalOptions } from './fiscal-options.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Logger } from './logs/logger.js';
import { MetricsController } from './metrics/metrics.controller.js';
import type { Metrics } from './metrics/metrics.js';
import { PaymentsController } from './payments/payments.controller.js';
import type { Pages } from './receipts/pages.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { ContractController } from './reference/contract.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import {
  ADMINISTRATORS,
  CONFIGURATION,
  DOOR,
  LOGGER,
  MERCHANTS,
  METRICS,
  PAGES,
  PROVIDER_PLANS,
  REPLAY_GUARDS,
  STOPPING,
} from './tokens.js';

/** What the routes are served with. */
export interface GatewayParts {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Hands over the open ledger, to be closed with the application. */
  readonly openLedger: () => Promise<LedgerStore>;
  /** Aborted when the gateway begins to stop: whoever waits for a provider is answered at once. */
  readonly stopping: AbortSignal;
  /** How pages of lists are sent. */
  readonly pages: Pages;
}

const forOperators: Type[] = [HealthController, MetricsController];
const forMerchants: Type[] = [ReceiptsController, PaymentsController, ContractController];

@Module({})
class GatewayModule {}

/** Which routes are served: a worker serves no merchants, and without administrators there is nothing to administer. */
function controllersOf({ role, administrators, docs }: Configuration): Type[] {
  return [
    ...forOperators,
    ...(administrators.length > 0 ? [EntriesController] : []),
    ...(role === 'worker' ? [] : forMerchants),
    ...(docs && role !== 'worker' ? [ReferenceController] : []),
  ];
}

/** The gateway as a Nest module. */
export function gatewayModule({
  configuration,
  logger,
  metrics,
  openLedger,
  stopping,
  pages,
}: GatewayParts): DynamicModule {
  const plans = new ProviderPlans();
  return {
    module: GatewayModule,
    imports: [FiscalModule.forRoot(fiscalOptions({ configuration, plans, openLedger }))],
    controllers: controllersOf(configuration),
    providers: [
      { provide: CONFIGURATION, useValue: configuration },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: metrics },
      { provide: STOPPING, useValue: stopping },
      { provide: PAGES, useValue: pages },
      { provide: PROVIDER_PLANS, useValue: plans },
      { provide: DOOR, useValue: new Door(configuration, logger) },
      { provide: MERCHANTS, useValue: new MerchantDirectory(configuration) },
      { provide: REPLAY_GUARDS, useValue: new ReplayGuards(configuration) },
      { provide: ADMINISTRATORS, useValue: new KeyDirectory(configuration.administrators) },
      DelayReporter,
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
}
