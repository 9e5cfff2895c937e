import {
  type CloseReceipt,
  type CreatedReceipt,
  type CreateReceipt,
  type DerivedReceipts,
  type ImportReceipt,
  newestVersion,
  type PrepareReceipt,
  type ReceiptService,
  type RefundReceipt,
  replayWarnings,
  type ValidatedReceipt,
} from '@fiscalkit/ledger';
import type { TransactionClient } from '@fiscalkit/ledger/postgres';
import type { Fault, FiscalReceipt, ReceiptFormat, ReceiptObject } from '@fiscalkit/schemas';
import { transactionalStore } from '../store/store-source.js';
import {
  type AcceptedReceipt,
  type AcceptReceiptStatement,
  acceptedReceipt,
  readAcceptedRows,
} from './accepted-receipt.js';
import type { ForMerchant, RequestContext } from './request-context.js';

type Requested<Method extends 'get' | 'list' | 'waitFor' | 'validate'> = ForMerchant<
  Parameters<ReceiptService[Method]>[0]
>;

/** Request whose receipt has one format, so that a compiler's messages are about that format. */
type OfFormat<Request, Format extends ReceiptFormat> = Omit<Request, 'receipt'> & {
  /** Checked at run time, whatever its type; `uncheckedReceipt` takes data of unknown shape. */
  readonly receipt: FiscalReceipt<Format>;
};

/** Accepts and reads receipts. The merchant can be left out where there is exactly one. */
export class FiscalReceipts {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Accepts a receipt: when this resolves, it is on disk and will be delivered. Throws a `FiscalError` with
   * code `receipt.invalid` and all faults, `receipt.twin` with the `existing` receipt,
   * `idempotency.conflict`, `idempotency.key.format`, `idempotency.key.missing`, `merchant.unknown`,
   * `merchant.required`, `provider.unsupported`, `payment.busy` while another transaction holds the payment,
   * or `ledger.unavailable`, and then has stored nothing.
   */
  async create<Format extends ReceiptFormat>(
    request: OfFormat<ForMerchant<CreateReceipt>, Format>,
  ): Promise<CreatedReceipt> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withWaitLimit(request);
    return telemetry.accept({ operation: 'receipt', merchant: withMerchant.merchant }, () =>
      ledger.receipts.create(withMerchant),
    );
  }

  /**
   * Refunds a receipt of the ledger: all that is left of it, or the positions named; never more than it, over
   * any number of refunds. A prepayment that was delivered in part is refunded by one receipt for each origin:
   * they are all in `receipts`. Throws a `FiscalError` with the code of the rule where one is broken
   * (`refund.exceeds-sale`, `refund.of-refund`, `refund.zero`, `refund.position.unknown`, …), and its faults;
   * `receipt.invalid` with all faults for more than one; `receipt.not-found`, `origin.rejected`,
   * `origin.unregistered` for a closing receipt that is not registered yet, `receipt.busy`,
   * `idempotency.conflict`, `idempotency.key.format`, `merchant.unknown`, `merchant.required`,
   * `provider.unsupported`, `payment.busy`, `payment.crowded`, or `ledger.unavailable`, and then has stored
   * nothing.
   */
  async refund(request: ForMerchant<RefundReceipt>): Promise<DerivedReceipts> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withWaitLimit(request);
    return telemetry.accept({ operation: 'receipt', merchant: withMerchant.merchant }, () =>
      ledger.receipts.refund(withMerchant),
    );
  }

  /**
   * Makes the closing receipt of a registered prepayment when its goods are delivered, in part or whole.
   * However often the same call is made, one delivery has one receipt; a `deliveryId` tells equal parts apart.
   * Throws as `refund`, with `closing.exceeds-prepaid`, `closing.not-prepaid`, `closing.zero`,
   * `closing.settlements`, `closing.positions.required` of an advance, and the other codes of `closing.`;
   * `origin.unregistered` while the prepayment is not registered.
   */
  async close(request: ForMerchant<CloseReceipt>): Promise<DerivedReceipts> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withWaitLimit(request);
    return telemetry.accept({ operation: 'receipt', merchant: withMerchant.merchant }, () =>
      ledger.receipts.close(withMerchant),
    );
  }

  /**
   * Takes a receipt into the ledger that another system registered, with its link or the text of its QR code, so
   * that it can be refunded and closed. It is known by its fiscal mark: a repeat returns the stored one.
   * Nothing is sent of it, and no report counts it. Throws a `FiscalError` with the code of the link's fault
   * (`link.host`, …), `receipt.invalid` with all faults by the rules of its day, `receipt.mark-differs`,
   * `receipt.mark-known`, `receipt.twin`, `receipt.busy`, `merchant.unknown`, `merchant.required`,
   * `payment.crowded`, or `ledger.unavailable`, and then has stored nothing.
   */
  async importRegistered(request: ForMerchant<ImportReceipt>): Promise<Omit<CreatedReceipt, 'warnings'>> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withMerchant(request);
    return telemetry.accept({ operation: 'receipt', merchant: withMerchant.merchant }, () =>
      ledger.receipts.importRegistered(withMerchant),
    );
  }

  /**
   * Accepts a receipt within the open transaction of a `pg` client: it is durable when that commits, and gone
   * when that rolls back. A refund is compared with what is left of its sale, also by what this transaction has
   * accepted before. Throws as `create`, `transaction.missing` for a client without an open transaction,
   * and `ledger.transactions-unsupported` for a ledger that is not in PostgreSQL; roll back then.
   */
  async acceptWithin<Format extends ReceiptFormat>(
    client: TransactionClient,
    request: OfFormat<ForMerchant<PrepareReceipt>, Format>,
  ): Promise<AcceptedReceipt & { readonly warnings: readonly Fault[] }> {
    const { ledger, store, telemetry } = this.#context;
    const transactional = transactionalStore(store);
    const withMerchant = this.#context.withMerchant(request);
    return telemetry.accept({ operation: 'receipt', merchant: withMerchant.merchant }, async () => {
      const prepared = ledger.receipts.prepare(withMerchant);
      const { entry, warnings } = await ledger.receipts.checkRefund(prepared, (payment, limit) =>
        transactional.ofPaymentWithin(client, { entry: prepared.entry, payment, limit }),
      );
      const outcome = await transactional.acceptWithin(client, entry);
      const replayed = outcome.kind === 'replayed';
      const stored = replayed ? await newestVersion(store, outcome.entry) : outcome.entry;
      return {
        ...acceptedReceipt(outcome.kind, stored),
        warnings: replayed ? [...warnings, ...replayWarnings(entry)] : warnings,
      };
    });
  }

  /**
   * Returns the same as one SQL statement, for any driver or ORM: run it in your transaction, and read its
   * rows with `accepted`. A statement can't find out whether it runs in a transaction: outside of one it
   * commits by itself. Nor can it compare a refund with its sale: that is the warning `refund.not-compared`, a
   * fault where the merchant's warnings are.
   */
  acceptStatement<Format extends ReceiptFormat>(
    request: OfFormat<ForMerchant<PrepareReceipt>, Format>,
  ): AcceptReceiptStatement {
    const transactional = transactionalStore(this.#context.store);
    const { receipts } = this.#context.ledger;
    const prepared = receipts.prepare(this.#context.withMerchant(request));
    const { entry, warnings } = receipts.withoutComparison(prepared);
    return { ...transactional.acceptStatement(entry), warnings, accepted: readAcceptedRows };
  }

  /** Checks a receipt as `create` would, and returns all faults and warnings; stores nothing. */
  async validate<Format extends ReceiptFormat>(
    request: OfFormat<Requested<'validate'>, Format>,
  ): Promise<ValidatedReceipt> {
    return this.#context.ledger.receipts.validate(this.#context.withMerchant(request));
  }

  /** Returns the merchant's receipt with that id, if there is one. */
  async get(request: Requested<'get'>): Promise<ReceiptObject | null> {
    return this.#context.ledger.receipts.get(this.#context.withMerchant(request));
  }

  /**
   * Returns the merchant's receipts that match, newest first. Throws a `FiscalError` with code `lists.busy`
   * when too many lists of the merchant are being read and waiting.
   */
  async list(request: Requested<'list'>): Promise<ReceiptObject[]> {
    return this.#context.ledger.receipts.list(this.#context.withMerchant(request));
  }

  /**
   * Returns the same in portions of bounded size, each read on demand: who answers page after page holds one
   * portion at a time. Until the loop over them ends, it counts among the merchant's lists.
   */
  async *listInPortions(
    request: Requested<'list'>,
  ): AsyncGenerator<readonly ReceiptObject[], void, undefined> {
    yield* this.#context.ledger.receipts.listInPortions(this.#context.withMerchant(request));
  }

  /**
   * Returns the same as the receipts API prints them: each portion is one receipt or more, as
   * `JSON.stringify` prints them, with commas between them, in UTF-8. They are printed where they are read,
   * so that sending a page takes no work on its content.
   */
  async *serializeInPortions(request: Requested<'list'>): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#context.ledger.receipts.serializeInPortions(this.#context.withMerchant(request));
  }

  /**
   * Returns the receipt when it is final, or as it is when the time is over or the application stops; `null`
   * when the merchant has none with that id.
   */
  async waitFor(request: Requested<'waitFor'>): Promise<ReceiptObject | null> {
    return this.#context.ledger.receipts.waitFor(this.#context.withWaitLimit(request));
  }
}
