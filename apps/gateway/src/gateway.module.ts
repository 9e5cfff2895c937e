import type { LedgerStore } from '@fiscalkit/ledger';
import { FiscalModule, type FiscalModuleOptions, type MerchantOptions } from '@fiscalkit/nestjs';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AdministratorDirectory } from './auth/administrator.guard.js';
import { AuthenticationThrottle } from './auth/authentication-throttle.js';
import { MerchantDirectory } from './auth/merchant-directory.js';
import { ReplayGuards } from './auth/replay-guards.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import type { Configuration } from './configuration/configuration.js';
import { merchantProviders } from './configuration/merchant-providers.js';
import type { MerchantConfiguration } from './configuration/merchant-schema.js';
import { DelayReporter } from './delays/delay-reporter.js';
import { EventsController } from './events/events.controller.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Logger } from './logs/logger.js';
import { MetricsController } from './metrics/metrics.controller.js';
import type { Metrics } from './metrics/metrics.js';
import { AccountsController } from './operator/accounts.controller.js';
import { BatchController } from './operator/batch.controller.js';
import { EntriesController } from './operator/entries.controller.js';
import { ProviderPlans } from './operator/provider-plans.js';
import { PaymentsController } from './payments/payments.controller.js';
import { CorrectionsController } from './receipts/corrections.controller.js';
import type { Pages } from './receipts/pages.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { ReconciliationsController } from './reconciliation/reconciliations.controller.js';
import { ContractController } from './reference/contract.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import {
  ADMINISTRATORS,
  AUTHENTICATION_THROTTLE,
  CONFIGURATION,
  LOGGER,
  MERCHANTS,
  METRICS,
  PAGES,
  PROVIDER_PLANS,
  REPLAY_GUARDS,
  STOPPING,
} from './tokens.js';
import { OwnEndpointsController } from './webhooks/own-endpoints.controller.js';
import { mostEndpoints } from './webhooks/webhook-settings.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { Webhooks } from './webhooks/webhooks.js';

/** Dependencies of the routes. */
export interface GatewayDependencies {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Transfers ownership of the open ledger: the application closes it. */
  readonly openLedger: () => Promise<LedgerStore>;
  /** Aborted when the gateway begins to stop, which ends every wait for a provider. */
  readonly stopping: AbortSignal;
  /** Sender of the pages of lists. */
  readonly pages: Pages;
}

const forOperators: Type[] = [HealthController, MetricsController];
const forMerchants: Type[] = [
  ReceiptsController,
  CorrectionsController,
  EventsController,
  OwnEndpointsController,
  ReportsController,
  PaymentsController,
  ContractController,
];

@Module({})
class GatewayModule {}

/** Returns the controllers to serve: no merchants' for a worker, no `/admin` without administrators. */
function controllersOf({ role, administrators, docs, callbacks }: Configuration): Type[] {
  return [
    ...forOperators,
    ...(administrators.length > 0
      ? [
          BatchController,
          EntriesController,
          AccountsController,
          ReconciliationsController,
          WebhooksController,
        ]
      : []),
    ...(role === 'worker' ? [] : forMerchants),
    ...(role === 'worker' || callbacks.key === undefined ? [] : [CallbacksController]),
    ...(docs && role !== 'worker' ? [ReferenceController] : []),
  ];
}

/** Builds the gateway as a Nest module. */
export function gatewayModule({
  configuration,
  logger,
  metrics,
  openLedger,
  stopping,
  pages,
}: GatewayDependencies): DynamicModule {
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
      { provide: AUTHENTICATION_THROTTLE, useValue: new AuthenticationThrottle(configuration, logger) },
      { provide: MERCHANTS, useValue: new MerchantDirectory(configuration) },
      { provide: REPLAY_GUARDS, useValue: new ReplayGuards(configuration) },
      { provide: ADMINISTRATORS, useValue: new AdministratorDirectory(configuration.administrators) },
      DelayReporter,
      Webhooks,
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
}

/** Returns the options of a merchant; each concurrent attempt has a connection. */
function merchantOf(
  merchant: MerchantConfiguration,
  { plans, connections }: { plans: ProviderPlans; connections: number },
): MerchantOptions {
  const { id, company, receiptMethod, utcOffsetHours, warningsAsFaults, twins } = merchant;
  return {
    receiptMethod,
    utcOffsetHours,
    warningsAsFaults,
    twins,
    ...(company && { company }),
    providers: merchantProviders(merchant).map(
      ({ create }) =>
        () =>
          plans.remember(id, create({ connections })),
    ),
  };
}

/**
 * Returns the settings of queues. A call may outlast its one attempt a little, and a lease its call: a dead
 * worker's entries wait for the end of its lease.
 */
function queueSettingsOf({ delivery, merchants }: Configuration) {
  const longestMs = Math.max(...merchants.flatMap(merchantProviders).map(({ attemptMs }) => attemptMs));
  const { concurrency, perSecond } = delivery;
  return { concurrency, perSecond, callMs: longestMs + 5_000, leaseMs: longestMs + 15_000 };
}

/** Returns the settings of events, in milliseconds: polls are frequent enough to report delays soon. */
function eventsOf({ delivery: { unknownAfterMs, overdueAfterMs } }: Configuration) {
  const pollIntervalMs = Math.max(100, Math.min(5_000, unknownAfterMs, overdueAfterMs));
  return { unknownForLongMs: unknownAfterMs, pollIntervalMs };
}

const dayMs = 86_400_000;

/** Returns the settings of the feed of events. Waits leave half of the requests for those that do not wait. */
function feedOf({ events, limits, merchants, webhooks: { keys } }: Configuration) {
  if (events.keptDays === 0) return false;
  // Endpoints of webhooks wait for events, too.
  const endpoints = merchants.map(({ webhooks }) => (keys.length > 0 ? mostEndpoints : webhooks.length));
  return {
    keepMs: events.keptDays * dayMs,
    waitsPerMerchant: limits.eventWaits + Math.max(0, ...endpoints),
    waits:
      Math.max(1, Math.floor(limits.concurrentRequests / 2)) + endpoints.reduce((sum, each) => sum + each, 0),
  };
}

/** Returns the settings of callbacks; `undefined` if none are taken. */
function callbacksOf({ callbacks: { publicUrl, key, formerKey } }: Configuration) {
  if (key === undefined) return undefined;
  return {
    key,
    formerKeys: formerKey === undefined ? [] : [formerKey],
    ...(publicUrl !== undefined && { url: `${publicUrl.replace(/\/+$/, '')}/callbacks` }),
  };
}

interface FiscalDependencies extends Pick<GatewayDependencies, 'configuration' | 'openLedger'> {
  readonly plans: ProviderPlans;
}

/** Returns the options of the ledger, its merchants and their providers. */
function fiscalOptions({ configuration, plans, openLedger }: FiscalDependencies): FiscalModuleOptions {
  const { merchants, role, limits, delivery } = configuration;
  return {
    ledger: openLedger,
    merchants: Object.fromEntries(
      merchants.map((merchant) => [
        merchant.id,
        merchantOf(merchant, { plans, connections: delivery.concurrency }),
      ]),
    ),
    delivery: {
      defaults: queueSettingsOf(configuration),
      overdueAfterMs: delivery.overdueAfterMs,
      ...(delivery.mostCalls !== undefined && { mostCalls: delivery.mostCalls }),
    },
    events: eventsOf(configuration),
    feed: feedOf(configuration),
    callbacks: callbacksOf(configuration),
    lists: { atOnce: limits.lists, waiting: limits.waitingLists },
    deliver: role !== 'api',
    shutdownGraceMs: limits.drainMs,
  };
}
