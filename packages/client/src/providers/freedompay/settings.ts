import type { TransportSettings } from '../../transport/transport.js';

/** What a merchant of FreedomPay sets up. */
export interface FreedompaySettings extends TransportSettings {
  /** The merchant's id at FreedomPay. */
  readonly merchantId: string;
  /** The merchant's secret key: signs every request, is kept in memory only. */
  readonly secretKey: string;
  /** `https://api.freedompay.uz` by default. */
  readonly baseUrl?: string;
  /** How long FreedomPay may go on with a request that we gave up on, in milliseconds. 15,000 by default. */
  readonly settlesWithinMs?: number;
  /**
   * By how much FreedomPay's clock and ours may differ, in milliseconds: a receipt of the payment that differs from ours is another
   * document only when it was made longer than this before our first attempt. 300,000 by default.
   */
  readonly clockToleranceMs?: number;
  /**
   * What `params` of the signature holds for a request with a query: nothing, as in every published sample, or the raw
   * query. `empty` by default.
   */
  readonly getParams?: 'empty' | 'query';
  /**
   * Whether every signature carries a `request_id` and an `iat` of its own, for a fiscalkit gateway with a replay window.
   * `false` by default: FreedomPay documents neither.
   */
  readonly replayProof?: boolean;
  readonly clock?: () => Date;
}
