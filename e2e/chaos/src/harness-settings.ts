import type { PlanRequest } from './generator/plan.js';
import type { MutationName } from './mutations/mutations.js';
import type { LedgerKind } from './nemesis/fault.js';
import { type ProviderName, usualDayMs } from './providers/providers.js';
import type { Progress } from './report/progress.js';

/** Settings of one run. */
export interface HarnessSettings extends PlanRequest {
  readonly provider: ProviderName;
  /** Length of a day of the provider's memory, in milliseconds, where it is counted in days. */
  readonly dayMs: number;
  readonly ledger: LedgerKind;
  /** The safety that the ledger of the gateways runs without; `null` for the whole ledger. */
  readonly without: MutationName | null;
  /** Time for everything to settle once all faults are over, in milliseconds. */
  readonly settleMs: number;
  /** Called about once a second. */
  readonly onProgress: (progress: Progress) => void;
}

/** Returns the command that repeats a run. */
export function commandOf(settings: HarnessSettings): string {
  const { provider, dayMs, receipts, ledger, seed, gateways, kills, profile, without } = settings;
  const options = [
    ...(provider === 'freedompay' ? [] : [`--provider ${provider}`]),
    ...(dayMs === usualDayMs ? [] : [`--day ${dayMs}`]),
    `--receipts ${receipts}`,
    `--ledger ${ledger}`,
    `--seed ${seed}`,
    ...(ledger === 'postgres' ? [`--gateways ${gateways}`] : []),
    `--kills ${kills}`,
    ...(profile === ledger ? [] : [`--emphasis ${profile}`]),
    ...(without === null ? [] : [`--without ${without}`]),
  ];
  return `npm run chaos -- ${options.join(' ')}`;
}
