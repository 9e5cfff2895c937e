import type { CorrectionService, CreateCorrection, CreatedCorrection } from '@fiscalkit/ledger';
import type { CorrectionFormat, CorrectionObject, FiscalCorrection } from '@fiscalkit/schemas';
import type { ForMerchant, RequestContext } from './request-context.js';

type Requested<Method extends 'get' | 'list' | 'waitFor'> = ForMerchant<
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
