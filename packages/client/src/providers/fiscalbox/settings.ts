import type { ProviderCapabilities } from '../../contract/provider.js';
import type { TransportSettings } from '../../transport/transport.js';

/** What a user of FiscalBox sets up. */
export interface FiscalboxSettings extends TransportSettings {
  /** `https://api.fiscalbox.uz` by default; a register on the own network has an address of its own. */
  readonly baseUrl?: string;
  /** Sent as `Authorization: Bearer` when given; the provider's page documents no authentication. */
  readonly apiKey?: string;
  /** How long FiscalBox may go on with a request that we gave up on, in milliseconds. 15,000 by default. */
  readonly settlesWithinMs?: number;
  /** Change this when the installation is known to behave otherwise than `capabilities` assumes. */
  readonly deduplicatesBy?: ProviderCapabilities['deduplicatesBy'];
  readonly clock?: () => Date;
}
