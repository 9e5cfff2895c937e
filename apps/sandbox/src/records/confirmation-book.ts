import type { Wallet } from '@fiscalkit/schemas';
import type { ConfirmationRecord } from './confirmation-record.js';

/** A confirmation and how often it was repeated since the sandbox started. */
export interface ConfirmationEntry {
  readonly record: ConfirmationRecord;
  readonly repeats: number;
}

/** The links attached to payments: one for each payment of a wallet. */
export class ConfirmationBook {
  readonly #entries = new Map<string, { record: ConfirmationRecord; repeats: number }>();

  add(record: ConfirmationRecord): void {
    this.#entries.set(keyOf(record.wallet, record.paymentId), { record, repeats: 0 });
  }

  get(wallet: Wallet, paymentId: string): ConfirmationRecord | null {
    return this.#entries.get(keyOf(wallet, paymentId))?.record ?? null;
  }

  countRepeat(record: ConfirmationRecord): void {
    const entry = this.#entries.get(keyOf(record.wallet, record.paymentId));
    if (entry !== undefined) entry.repeats += 1;
  }

  /** All confirmations, oldest first. */
  list(): readonly ConfirmationEntry[] {
    return [...this.#entries.values()];
  }

  clear(): void {
    this.#entries.clear();
  }
}

function keyOf(wallet: Wallet, paymentId: string): string {
  return `${wallet}:${paymentId}`;
}
