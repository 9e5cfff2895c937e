import type { Provider } from '@fiscalkit/client';
import type { LedgerEvent } from '../observation/ledger-event.js';
import type { DeliveryPolicy } from '../state/delivery-policy.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { LaneSettings } from './lane-settings.js';
import type { Places } from './places.js';

/** What a lane works with. */
export interface LaneParts {
  /** Name of the provider that the lane delivers to. */
  readonly provider: string;
  readonly store: LedgerStore;
  readonly resolve: (merchant: string, provider: string) => Provider | null;
  readonly settings: LaneSettings;
  /** Shared with the lanes of other providers. */
  readonly places: Places;
  /** Called when a place is free again. */
  readonly placeFreed: () => void;
  /** Whether more merchants than one have the account. */
  readonly isShared: (account: string) => boolean;
  readonly policy: DeliveryPolicy;
  /** Name of this worker in leases and journal. */
  readonly worker: string;
  readonly emit: (event: LedgerEvent) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}
