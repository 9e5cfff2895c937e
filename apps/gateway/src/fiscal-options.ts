import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import type { FiscalModuleOptions, MerchantOptions } from '@fiscalkit/nestjs';
import type { ProviderPlans } from './admin/provider-plans.js';
import type { Configuration } from './configuration/configuration.js';
import type { MerchantConfiguration } from './configuration/merchant-schema.js';
import type { GatewayParts } from './gateway.module.js';

/** A client has a connection for every attempt that may be under way. */
function merchantOf(
  merchant: MerchantConfiguration,
  { plans, connections }: { plans: ProviderPlans; connections: number },
): MerchantOptions {
  const { id, company, receiptMethod, utcOffsetHours, warningsAsFaults, twins, freedompay, fiscalbox } =
    merchant;
  const { apiKey, ...confirmations } = fiscalbox;
  return {
    receiptMethod,
    utcOffsetHours,
    warningsAsFaults,
    twins,
    ...(company && { company }),
    providers: [
      () => plans.remember(id, createFreedompay({ ...freedompay, connections })),
      () => plans.remember(id, createFiscalbox({ ...confirmations, connections, ...(apiKey && { apiKey }) })),
    ],
  };
}

/** A call may outlast its one attempt a little, and a lease its call: a dead worker's entries wait for the end of its lease. */
function lanesOf({ delivery, merchants }: Configuration) {
  const attemptMs = merchants.flatMap(({ freedompay, fiscalbox }) => [
    freedompay.attemptMs,
    fiscalbox.attemptMs,
  ]);
  const longestMs = Math.max(...attemptMs);
  const { concurrency, perSecond } = delivery;
  return { concurrency, perSecond, callMs: longestMs + 5_000, leaseMs: longestMs + 15_000 };
}

/** Delays are looked for often enough to be told soon after they became one. Milliseconds. */
function eventsOf({ delivery: { unknownAfterMs, overdueAfterMs } }: Configuration) {
  const lookEveryMs = Math.max(100, Math.min(5_000, unknownAfterMs, overdueAfterMs));
  return { unknownForLongMs: unknownAfterMs, lookEveryMs };
}

interface FiscalParts extends Pick<GatewayParts, 'configuration' | 'openLedger'> {
  readonly plans: ProviderPlans;
}

/** What the configuration says of the ledger, its merchants and their providers. */
export function fiscalOptions({ configuration, plans, openLedger }: FiscalParts): FiscalModuleOptions {
  const { merchants, role, limits, delivery } = configuration;
  return {
    ledger: openLedger,
    merchants: Object.fromEntries(
      merchants.map((merchant) => [
        merchant.id,
        merchantOf(merchant, { plans, connections: delivery.concurrency }),
      ]),
    ),
    delivery: { lanes: lanesOf(configuration), overdueAfterMs: delivery.overdueAfterMs },
    events: eventsOf(configuration),
    lists: { atOnce: limits.lists, waiting: limits.waitingLists },
    deliver: role !== 'api',
    shutdownGraceMs: limits.drainMs,
  };
}
