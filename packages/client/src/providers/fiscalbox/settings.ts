import type { ProviderCapabilities } from '../../contract/capabilities.js';
import type { TransportSettings } from '../../transport/transport.js';

/** Settings of FiscalBox. */
export interface FiscalboxSettings extends TransportSettings {
  /** `https://api.fiscalbox.uz` by default; a register on the own network has an address of its own. */
  readonly baseUrl?: string;
  /** Sent as `Authorization: Bearer` when given; the provider's page documents no authentication. */
  readonly apiKey?: string;
  /** Time for which FiscalBox may go on with an abandoned request, in milliseconds. 15,000 by default. */
  readonly settlesWithinMs?: number;
  /** Overrides `capabilities` for an installation that is known to behave differently. */
  readonly deduplicatesBy?: ProviderCapabilities['deduplicatesBy'];
  readonly clock?: () => Date;
}
