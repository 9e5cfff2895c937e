import type { ReceiptDto } from './receipt/receipt.dto.js';

/** Where accepted receipts wait to be delivered. */
export abstract class ReceiptsQueue {
  /** Keeps a receipt under an id; a second one of the same id is dropped. Resolves when the receipt is on disk. */
  abstract add(receiptId: string, receipt: ReceiptDto): Promise<void>;
}
