import type { Wallet } from '@fiscalkit/schemas';

/** The receipt link attached to one wallet payment. */
export interface ConfirmationRecord {
  readonly kind: 'confirmation';
  readonly wallet: Wallet;
  readonly paymentId: string;
  /** The link in the spelling that links are compared by. */
  readonly link: string;
  /** When it was first attached, in milliseconds since 1970. */
  readonly at: number;
}
