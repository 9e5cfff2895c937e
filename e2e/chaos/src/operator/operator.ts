import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRuleInput, JournalledReceipt } from '@fiscalkit/sandbox';
import { contentKey, plannedContentKey } from '../checker/identity.js';
import { doubtfulCode } from '../checker/recognition.js';
import { merchantOf } from '../generator/merchants.js';
import type { StoryStep } from '../generator/operation.js';
import type { PlannedReceipt } from '../generator/planned-document.js';
import type { ToldBook } from '../history/history.js';
import type { FaultClient } from '../system/provider.js';
import type { Administration, ShownEntry } from './administration.js';

/** What a person works with. */
export interface OperatorParts {
  readonly administration: Administration;
  readonly provider: FaultClient;
  /** By which the provider rejects. */
  readonly rejections: readonly FaultRuleInput[];
  readonly book: ToldBook;
  readonly over: AbortSignal;
}

type Operation = Extract<StoryStep, { kind: 'operate' }>;

const heldCode = 'sale.rejected';
const pollIntervalMs = 1_000;
/** How long an entry is given to settle by itself; what was sent has arrived by then, or never will. */
const doubtMs = 3_000;

/** A person who does what programs can't: sees to rejected sales, and settles what is doubtful by the provider's own journal. */
export class Operator {
  readonly #parts: OperatorParts;
  readonly #doubtfulSince = new Map<string, number>();

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** Waits until a refund is held behind its rejected sale, and then lets sales of the payment pass, or drops the refund. */
  async operate({ action, sale, held }: Operation): Promise<void> {
    // Sooner, the sale that is to be rejected might pass.
    if (!(await this.#untilOver(() => this.#isHeld(sale, held)))) return;
    if (action === 'let-sales-pass') {
      const { provider, rejections } = this.#parts;
      await provider.remove(rejections.filter(({ paymentId }) => paymentId === sale.paymentId));
    } else {
      await this.#untilOver(() => this.#isDropped(held));
    }
  }

  /** Settles doubtful entries until told to end. */
  async settleDoubtful(end: AbortSignal): Promise<void> {
    while (!end.aborted && !this.#parts.over.aborted) {
      const entries = await this.#parts.administration.undecided();
      const doubtful = entries.filter(isDoubtful);
      for (const entry of doubtful) await this.#settleInTime(entry);
      await sleep(pollIntervalMs);
    }
  }

  /** Looks until it is so, or all asking ends; answers whether it is. */
  async #untilOver(look: () => Promise<boolean>): Promise<boolean> {
    while (!this.#parts.over.aborted) {
      if (await look()) return true;
      await sleep(pollIntervalMs);
    }
    return false;
  }

  async #isHeld(sale: PlannedReceipt, held: PlannedReceipt): Promise<boolean> {
    if (!isFinal(await this.#settledOf(sale))) return false;
    const waiting = await this.#settledOf(held);
    return isFinal(waiting) || waiting?.reason?.code === heldCode;
  }

  async #isDropped(held: PlannedReceipt): Promise<boolean> {
    const entry = await this.#entryOf(held);
    if (entry === null || isFinal(entry)) return entry !== null;
    const outcome = { kind: 'rejected' };
    return (await this.#parts.administration.act(entry.id, { action: 'resolve', outcome })) !== null;
  }

  /** The entry of a document; a doubtful one is settled by the way, for the story goes no further without. */
  async #settledOf(document: PlannedReceipt): Promise<ShownEntry | null> {
    const entry = await this.#entryOf(document);
    if (entry !== null && isDoubtful(entry)) await this.#settleInTime(entry);
    return entry;
  }

  #entryOf({ name }: PlannedReceipt): Promise<ShownEntry | null> {
    const [id] = this.#parts.book.idsOf(name);
    return id === undefined ? Promise.resolve(null) : this.#parts.administration.entry(id);
  }

  async #settleInTime({ id }: ShownEntry): Promise<void> {
    const since = this.#doubtfulSince.get(id) ?? performance.now();
    this.#doubtfulSince.set(id, since);
    if (performance.now() - since >= doubtMs) await this.#settle(id);
  }

  /**
   * Looks for the document in the provider's journal, as it was received there, and says what it found. One that was never received is
   * handed in again; one that was rejected is rejected.
   */
  async #settle(id: string): Promise<void> {
    const { administration, book } = this.#parts;
    const document = book.documentOf(id);
    if (document?.kind !== 'receipt') return;
    const received = await this.#unboundOf(document, id);
    if (received === null || received.some(({ status }) => status === 'pending')) return;
    const found = received.find(({ status }) => status === 'registered');
    if (found !== undefined) {
      const { receipt_id: provider_document_id, link } = found;
      const outcome = { kind: 'registered', provider_document_id, ...(link !== null && { link }) };
      await administration.act(id, { action: 'resolve', outcome });
      return;
    }
    const rejected = await administration.act(id, { action: 'resolve', outcome: { kind: 'rejected' } });
    if (rejected === null || received.length > 0) return;
    const successor = await administration.act(id, { action: 'resubmit' });
    if (successor !== null) book.handedInAgain(document, id, successor.id);
  }

  /** Receipts with the content of a document that no other entry has; `null` when that can't be told. */
  async #unboundOf(document: PlannedReceipt, id: string): Promise<JournalledReceipt[] | null> {
    const { administration, book, provider } = this.#parts;
    const others = book.idsOfPayment(document).filter((other) => other !== id);
    const entries = await Promise.all(others.map((other) => administration.entry(other)));
    if (entries.includes(null)) return null;
    const bound = new Set(entries.map((entry) => entry?.provider_document_id));
    const { receipts } = await provider.journal(document.paymentId);
    return receipts.filter(
      (receipt) =>
        receipt.merchant_id === merchantOf(document.merchant).providerId &&
        contentKey(receipt) === plannedContentKey(document) &&
        !bound.has(receipt.receipt_id),
    );
  }
}

function isDoubtful({ reason }: ShownEntry): boolean {
  return reason?.code === doubtfulCode;
}

function isFinal(entry: ShownEntry | null): boolean {
  return entry?.state === 'registered' || entry?.state === 'rejected';
}
