import { ConfirmationBook } from './confirmation-book.js';
import type { ConfirmationRecord } from './confirmation-record.js';
import type { Keeper, SandboxRecord } from './keeper.js';
import { ReceiptBook } from './receipt-book.js';
import type { ReceiptRecord } from './receipt-record.js';

/** Everything that the emulated providers have registered. What can't be kept is not registered either. */
export class RecordBook {
  readonly receipts = new ReceiptBook();
  readonly confirmations = new ConfirmationBook();
  readonly #keeper: Keeper;

  constructor(keeper: Keeper, earlier: Iterable<SandboxRecord>) {
    this.#keeper = keeper;
    for (const record of earlier) this.#remember(record);
  }

  register(record: ReceiptRecord | ConfirmationRecord): void {
    this.#keeper.keep(record);
    this.#remember(record);
  }

  clear(): void {
    this.#keeper.clear();
    this.receipts.clear();
    this.confirmations.clear();
  }

  close(): void {
    this.#keeper.close();
  }

  #remember(record: SandboxRecord): void {
    if (record.kind === 'receipt') this.receipts.add(record);
    else this.confirmations.add(record);
  }
}
