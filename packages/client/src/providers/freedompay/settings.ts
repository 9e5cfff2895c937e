import type { TransportSettings } from '../../transport/transport.js';

/** Settings of a merchant of FreedomPay. */
export interface FreedompaySettings extends TransportSettings {
  /** Merchant's id at FreedomPay. */
  readonly merchantId: string;
  /** Merchant's secret key: signs every request, is kept in memory only. */
  readonly secretKey: string;
  /** `https://api.freedompay.uz` by default. */
  readonly baseUrl?: string;
  /** Time for which FreedomPay may go on with an abandoned request, in milliseconds. 15,000 by default. */
  readonly settlesWithinMs?: number;
  /**
   * Maximum difference of FreedomPay's clock and ours, in milliseconds: a receipt of the payment that differs
   * is another document only if it was made longer than this before our first attempt. 300,000 by default.
   */
  readonly clockToleranceMs?: number;
  /** `params` of a signature of a query: nothing, as in published samples, or itself. `empty` by default. */
  readonly getParams?: 'empty' | 'query';
  /**
   * Whether every signature carries a `request_id` and an `iat` of its own, for a fiscalkit gateway with a
   * replay window. `false` by default: FreedomPay documents neither.
   */
  readonly replayProof?: boolean;
  readonly clock?: () => Date;
}
