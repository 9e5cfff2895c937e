import type { Provider } from '@fiscalkit/client';
import {
  type Correction,
  type CorrectionListQuery,
  type CorrectionObject,
  checkCorrection,
  type Fault,
  type FiscalCorrection,
  parseAmount,
} from '@fiscalkit/schemas';
import { accountScope } from '../entry/accounts.js';
import type { NewEntry } from '../entry/entry.js';
import { correctionOfEntry } from '../entry/receipt-of-entry.js';
import { acceptEntry, awaitFinal } from './accept-entry.js';
import { correctionDigest } from './content-digest.js';
import type { WaitRequest } from './derive-request.js';
import { type AwaitDocument, DocumentReads, type ReadDocument } from './document-reads.js';
import { correctionInvalid, idempotencyConflict, receiptTwin } from './errors.js';
import { frozenDocument } from './frozen-document.js';
import { idempotencyKey, onTwin, replayWarnings } from './idempotency.js';
import type { LedgerContext } from './ledger-context.js';
import { findProvider, type Merchant, offsetOf, providerUnsupported } from './merchants.js';
import { paymentQueue } from './new-receipt-entry.js';
import { correctionOperation } from './receipt-entry-query.js';
import { correctedRefundOf, readFamily } from './receipt-family.js';
import { beyondSale } from './written-refund.js';

/** A correction to prepare. */
export interface PrepareCorrection {
  readonly merchant: string;
  /** Checked at run time, whatever its type; `uncheckedCorrection` takes data of unknown shape. */
  readonly correction: FiscalCorrection;
  /** 1–255 printable ASCII characters; derived from the content when absent. */
  readonly idempotencyKey?: string | undefined;
  /** `meant`: a second correction with the same content is meant; it needs an idempotency key of its own. */
  readonly twin?: 'meant' | undefined;
}

/** A correction to accept. */
export interface CreateCorrection extends PrepareCorrection, WaitRequest {}

/** A correction that is checked and frozen, and not stored yet. */
export interface PreparedCorrection {
  readonly entry: NewEntry;
  readonly warnings: readonly Fault[];
}

/** Result of accepting a correction. */
export interface CreatedCorrection {
  readonly correction: CorrectionObject;
  /** Whether the same correction was accepted before: this is the stored one. */
  readonly replayed: boolean;
  readonly warnings: readonly Fault[];
}

/** Result of a check, with the normalised correction when it has no faults. */
export type ValidatedCorrection =
  | {
      readonly ok: true;
      readonly correction: Correction;
      readonly faults: readonly [];
      readonly warnings: readonly Fault[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

/** Filter of a list of corrections. */
export interface ListCorrections {
  readonly merchant: string;
  readonly query: CorrectionListQuery;
  /** Id of the document that the list goes on behind: the last of the page before. */
  readonly cursor?: string | undefined;
  /** Ends the wait for a turn, and the list between two portions. */
  readonly signal?: AbortSignal | undefined;
}

interface CorrectionToFreeze {
  readonly merchant: Merchant;
  readonly correction: Correction;
  readonly request: PrepareCorrection;
  /** Account that it goes to while that is configured; the first that takes it when absent. */
  readonly account: string | undefined;
}

/** Accepts and reads corrections. */
export class CorrectionService {
  readonly #context: LedgerContext;
  readonly #reads: DocumentReads<CorrectionObject>;

  constructor(context: LedgerContext) {
    this.#context = context;
    this.#reads = new DocumentReads(context, { operation: correctionOperation, objectOf: correctionOfEntry });
  }

  /**
   * Accepts a correction: when this resolves, it is on disk and will be delivered. One that names a payment is
   * delivered in turn with the receipts of it. Throws a `FiscalError` with code `correction.invalid` and all
   * faults, `receipt.twin` with the `existing` correction, `idempotency.conflict`, `idempotency.key.format`,
   * `idempotency.key.missing`, `merchant.unknown`, `provider.unsupported`, or `ledger.unavailable`; nothing is
   * stored then.
   */
  async create(request: CreateCorrection): Promise<CreatedCorrection> {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const { entry, warnings: foundBefore } = this.prepare(request);
    const warnings = [...foundBefore, ...(await this.#beyondSale(merchant, entry))];
    const outcome = await acceptEntry(this.#context, entry);
    if (outcome.kind === 'conflict') throw idempotencyConflict();
    if (outcome.kind === 'twin') throw receiptTwin(outcome.entry);
    const replayed = outcome.kind === 'replayed';
    const waitOptions = { waitMs: request.waitMs ?? 0, signal: request.signal };
    const stored = await awaitFinal(this.#context, outcome.entry, waitOptions);
    return {
      correction: correctionOfEntry(stored, offsetOf(merchant)),
      replayed,
      warnings: replayed ? [...warnings, ...replayWarnings(entry)] : warnings,
    };
  }

  /**
   * Checks and freezes a correction as `create` would, and throws as `create` would; stores nothing. It goes to
   * the account if that is given and still configured.
   */
  prepare(request: PrepareCorrection, account?: string): PreparedCorrection {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const checked = this.#check(merchant, request.correction);
    if (!checked.ok) throw correctionInvalid(checked.faults);
    const { correction, warnings } = checked;
    return { entry: this.#entryOf({ merchant, correction, request, account }), warnings };
  }

  /**
   * Returns the warning that the correction of a refund takes more than is left of the sale that the ledger has.
   * Throws `correction.invalid` with it where the merchant's warnings are faults, and it is no repeat.
   */
  async #beyondSale(
    { id: merchant, warningsAsFaults }: Merchant,
    entry: NewEntry,
  ): Promise<readonly Fault[]> {
    const dependsOn = correctedRefundOf(entry);
    const { paymentId } = entry.facets;
    if (dependsOn === null || paymentId === '') return [];
    const family = await readFamily(this.#context.store, { merchant, paymentId });
    const found = beyondSale(family, entry, dependsOn);
    if (warningsAsFaults && found.length > 0 && !family.hasCorrection(entry)) throw correctionInvalid(found);
    return found;
  }

  /** Checks a correction as `create` would; stores nothing. Throws a `FiscalError` with code `merchant.unknown`. */
  validate(request: Pick<PrepareCorrection, 'merchant' | 'correction'>): ValidatedCorrection {
    const checked = this.#check(this.#context.merchants.merchant(request.merchant), request.correction);
    return checked.ok ? { ...checked, faults: [] } : checked;
  }

  #check(merchant: Merchant, correction: unknown) {
    return checkCorrection(correction, {
      now: this.#context.clock(),
      company: merchant.company,
      warningsAsFaults: merchant.warningsAsFaults,
      merchantId: merchant.receiptMerchantId ?? merchant.id,
    });
  }

  #entryOf(given: CorrectionToFreeze): NewEntry {
    const { merchant, correction, request } = given;
    const provider = this.#providerOf(given);
    const contentDigest = correctionDigest(Object(request.correction), correction);
    const document = { ...correction };
    const scope = accountScope(provider, merchant.id);
    const { payment_id: paymentId } = correction;
    return {
      ...frozenDocument(this.#context, { merchant, provider, operation: correctionOperation, document }),
      idempotencyKey: idempotencyKey(request.idempotencyKey, contentDigest),
      ...onTwin(merchant, request),
      contentDigest,
      uniqueKeys: [],
      // Those without a payment wait for none but their equals, which have to see each other.
      orderingKey:
        paymentId === undefined
          ? `${correctionOperation}:${scope}:${contentDigest}`
          : paymentQueue(scope, paymentId),
      facets: {
        paymentId: paymentId ?? '',
        operationType: correction.operation_type,
        totalMinor: parseAmount(correction.total),
      },
    };
  }

  #providerOf({ merchant, correction, account }: CorrectionToFreeze): Provider {
    const { receipt_format: format } = correction;
    const provider = findProvider(merchant, { operation: correctionOperation, format, account });
    if (provider) return provider;
    const takers = [...this.#context.merchants.takersOf(correctionOperation)].map(
      ([name, formats]) => `${name} (${formats.join(', ')})`,
    );
    const hint =
      takers.length > 0
        ? `Configured providers that take corrections: ${takers.join('; ')}.`
        : `Providers that take corrections: ${knownTakers}.`;
    throw providerUnsupported(correctionOperation, { format, merchant, hint });
  }

  /**
   * Returns the merchant's correction of that id, if any; `created_at` in the given zone, else the merchant's.
   */
  async get(request: ReadDocument): Promise<CorrectionObject | null> {
    return this.#reads.get(request);
  }

  /** Returns the merchant's corrections that match, newest first. Throws as the list of receipts. */
  async list(request: ListCorrections): Promise<CorrectionObject[]> {
    return this.#reads.list(request);
  }

  /** Lists in the JSON of a receipts API, in portions, as the receipts are. */
  serializeInPortions(request: ListCorrections): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#reads.serializeInPortions(request);
  }

  /**
   * Returns the correction when it is final, or as it is when the time is over; `null` when the merchant has
   * none of that id.
   */
  async waitFor(request: AwaitDocument): Promise<CorrectionObject | null> {
    return this.#reads.waitFor(request);
  }
}

/** Providers of fiscalkit that take corrections, for whoever has configured none. */
const knownTakers =
  'atol (its v4 in the format ru_1_05, its v5 in ru_1_2) and orangedata (in the format of its group)';
