import {
  type CorrectionService,
  type CreateCorrection,
  type CreatedCorrection,
  newestVersion,
  type PrepareCorrection,
  replayWarnings,
  type ValidatedCorrection,
} from '@fiscalkit/ledger';
import type { TransactionClient } from '@fiscalkit/ledger/postgres';
import type { CorrectionFormat, CorrectionObject, Fault, FiscalCorrection } from '@fiscalkit/schemas';
import { transactionalStore } from '../store/store-source.js';
import {
  type AcceptedReceipt,
  type AcceptReceiptStatement,
  acceptedReceipt,
  readAcceptedRows,
} from './accepted-receipt.js';
import type { ForMerchant, RequestContext } from './request-context.js';

type Requested<Method extends 'get' | 'list' | 'waitFor' | 'validate'> = ForMerchant<
  Parameters<CorrectionService[Method]>[0]
>;

/** Request whose correction has one format, so that a compiler's messages are about that format. */
type OfFormat<Request, Format extends CorrectionFormat> = Omit<Request, 'correction'> & {
  /** Checked at run time, whatever its type; `uncheckedCorrection` takes data of unknown shape. */
  readonly correction: FiscalCorrection<Format>;
};

/** Accepts and reads corrections. The merchant can be left out where there is exactly one. */
export class FiscalCorrections {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Accepts a correction of what was settled without a receipt or with a wrong one: when this resolves, it is
   * on disk and will be delivered. Throws a `FiscalError` with code `correction.invalid` and all faults,
   * `receipt.twin` with the `existing` correction, `idempotency.conflict`, `idempotency.key.format`,
   * `idempotency.key.missing`, `merchant.unknown`, `merchant.required`, `provider.unsupported` where no
   * provider of the merchant takes it, or `ledger.unavailable`, and then has stored nothing.
   */
  async create<Format extends CorrectionFormat>(
    request: OfFormat<ForMerchant<CreateCorrection>, Format>,
  ): Promise<CreatedCorrection> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withWaitLimit(request);
    return telemetry.accept({ operation: 'correction', merchant: withMerchant.merchant }, () =>
      ledger.corrections.create(withMerchant),
    );
  }

  /**
   * Accepts a correction within the open transaction of a `pg` client, as `receipts.acceptWithin` does. Throws as
   * `create`, `transaction.missing` for a client without an open transaction, and
   * `ledger.transactions-unsupported` for a ledger that is not in PostgreSQL; roll back then.
   */
  async acceptWithin<Format extends CorrectionFormat>(
    client: TransactionClient,
    request: OfFormat<ForMerchant<PrepareCorrection>, Format>,
  ): Promise<AcceptedReceipt & { readonly warnings: readonly Fault[] }> {
    const { ledger, store, telemetry } = this.#context;
    const transactional = transactionalStore(store);
    const withMerchant = this.#context.withMerchant(request);
    return telemetry.accept({ operation: 'correction', merchant: withMerchant.merchant }, async () => {
      const { entry, warnings } = ledger.corrections.prepare(withMerchant);
      const outcome = await transactional.acceptWithin(client, entry);
      const replayed = outcome.kind === 'replayed';
      const stored = replayed ? await newestVersion(store, outcome.entry) : outcome.entry;
      return {
        ...acceptedReceipt(outcome.kind, stored),
        warnings: replayed ? [...warnings, ...replayWarnings(entry)] : warnings,
      };
    });
  }

  /** Returns the same as one SQL statement, for any driver or ORM, as `receipts.acceptStatement` does. */
  acceptStatement<Format extends CorrectionFormat>(
    request: OfFormat<ForMerchant<PrepareCorrection>, Format>,
  ): AcceptReceiptStatement {
    const transactional = transactionalStore(this.#context.store);
    const { entry, warnings } = this.#context.ledger.corrections.prepare(this.#context.withMerchant(request));
    return { ...transactional.acceptStatement(entry), warnings, accepted: readAcceptedRows };
  }

  /** Checks a correction as `create` would, and returns all faults and warnings; stores nothing. */
  async validate<Format extends CorrectionFormat>(
    request: OfFormat<Requested<'validate'>, Format>,
  ): Promise<ValidatedCorrection> {
    return this.#context.ledger.corrections.validate(this.#context.withMerchant(request));
  }

  /** Returns the merchant's correction with that id, if there is one. */
  async get(request: Requested<'get'>): Promise<CorrectionObject | null> {
    return this.#context.ledger.corrections.get(this.#context.withMerchant(request));
  }

  /**
   * Returns the merchant's corrections that match, newest first. Throws a `FiscalError` with code `lists.busy`
   * when too many lists of the merchant are being read and waiting.
   */
  async list(request: Requested<'list'>): Promise<CorrectionObject[]> {
    return this.#context.ledger.corrections.list(this.#context.withMerchant(request));
  }

  /** Returns the same as the receipts API prints them, in portions, as `receipts.serializeInPortions` does. */
  async *serializeInPortions(request: Requested<'list'>): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#context.ledger.corrections.serializeInPortions(this.#context.withMerchant(request));
  }

  /**
   * Returns the correction when it is final, or as it is when the time is over or the application stops; `null`
   * when the merchant has none with that id.
   */
  async waitFor(request: Requested<'waitFor'>): Promise<CorrectionObject | null> {
    return this.#context.ledger.corrections.waitFor(this.#context.withWaitLimit(request));
  }
}
