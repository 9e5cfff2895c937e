import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRuleInput, JournalledReceipt } from '@fiscalkit/sandbox';
import { contentKey, plannedContentKey } from '../checker/identity.js';
import { doubtfulCode } from '../checker/recognition.js';
import { merchantOf } from '../generator/merchants.js';
import type { Operation } from '../generator/operation.js';
import type { PlannedReceipt } from '../generator/planned-document.js';
import type { History } from '../history/history.js';
import type { FaultClient } from '../system/provider.js';
import type { Administration, ShownEntry } from './administration.js';

/** Dependencies of the operator. */
export interface OperatorDependencies {
  readonly administration: Administration;
  readonly provider: FaultClient;
  /** Rules by which the provider rejects documents. */
  readonly rejections: readonly FaultRuleInput[];
  readonly history: History;
  readonly over: AbortSignal;
}

type Intervention = Extract<Operation, { kind: 'operate' }>;

const heldCode = 'sale.rejected';
const pollIntervalMs = 1_000;
/** Time for an entry to settle by itself; what was sent has arrived by then, or never will. */
const doubtMs = 3_000;

/** Does what only people can: treats rejected sales, settles doubtful entries by the provider's journal. */
export class Operator {
  readonly #dependencies: OperatorDependencies;
  readonly #doubtfulSince = new Map<string, number>();

  constructor(dependencies: OperatorDependencies) {
    this.#dependencies = dependencies;
  }

  /** Lets sales of the payment pass, or drops the refund, once that is held behind its rejected sale. */
  async operate({ action, sale, held }: Intervention): Promise<void> {
    // Earlier, the sale that is to be rejected might pass.
    if (!(await this.#untilOver(() => this.#isHeld(sale, held)))) return;
    if (action === 'let-sales-pass') {
      const { provider, rejections } = this.#dependencies;
      await provider.remove(rejections.filter(({ paymentId }) => paymentId === sale.paymentId));
    } else {
      await this.#untilOver(() => this.#isDropped(held));
    }
  }

  /** Settles doubtful entries until the signal ends it. */
  async settleDoubtful(end: AbortSignal): Promise<void> {
    while (!end.aborted && !this.#dependencies.over.aborted) {
      const entries = await this.#dependencies.administration.undecided();
      const doubtful = entries.filter(isDoubtful);
      for (const entry of doubtful) await this.#settleInTime(entry);
      await sleep(pollIntervalMs);
    }
  }

  /** Polls until the condition holds, or the run ends; returns whether it holds. */
  async #untilOver(holds: () => Promise<boolean>): Promise<boolean> {
    while (!this.#dependencies.over.aborted) {
      if (await holds()) return true;
      await sleep(pollIntervalMs);
    }
    return false;
  }

  async #isHeld(sale: PlannedReceipt, held: PlannedReceipt): Promise<boolean> {
    if (!isFinal(await this.#settledOf(sale))) return false;
    if (this.#dependencies.history.isLeftOut(held)) return true;
    const waiting = await this.#settledOf(held);
    return isFinal(waiting) || waiting?.reason?.code === heldCode;
  }

  async #isDropped(held: PlannedReceipt): Promise<boolean> {
    const entry = await this.#entryOf(held);
    if (entry === null || isFinal(entry)) return entry !== null;
    const outcome = { kind: 'rejected' };
    return (
      (await this.#dependencies.administration.intervene(entry.id, { action: 'resolve', outcome })) !== null
    );
  }

  /** Returns the entry of a document; a doubtful one is settled, because the sequence can't go on without. */
  async #settledOf(document: PlannedReceipt): Promise<ShownEntry | null> {
    const entry = await this.#entryOf(document);
    if (entry !== null && isDoubtful(entry)) await this.#settleInTime(entry);
    return entry;
  }

  #entryOf({ name }: PlannedReceipt): Promise<ShownEntry | null> {
    const [id] = this.#dependencies.history.idsOf(name);
    return id === undefined ? Promise.resolve(null) : this.#dependencies.administration.entry(id);
  }

  async #settleInTime({ id }: ShownEntry): Promise<void> {
    const since = this.#doubtfulSince.get(id) ?? performance.now();
    this.#doubtfulSince.set(id, since);
    if (performance.now() - since >= doubtMs) await this.#settle(id);
  }

  /**
   * Searches the document in the provider's journal, where it stands as it was received, and resolves the
   * entry. A document that was never received is resubmitted; one that was rejected is rejected.
   */
  async #settle(id: string): Promise<void> {
    const { administration, history } = this.#dependencies;
    const document = history.documentOf(id);
    if (document?.kind !== 'receipt') return;
    const received = await this.#unboundOf(document, id);
    if (received === null || received.some(({ status }) => status === 'pending')) return;
    const found = received.find(({ status }) => status === 'registered');
    if (found !== undefined) {
      const { receipt_id: provider_document_id, link } = found;
      const outcome = { kind: 'registered', provider_document_id, ...(link !== null && { link }) };
      await administration.intervene(id, { action: 'resolve', outcome });
      return;
    }
    const rejected = await administration.intervene(id, { action: 'resolve', outcome: { kind: 'rejected' } });
    if (rejected === null || received.length > 0) return;
    const successor = await administration.intervene(id, { action: 'resubmit' });
    if (successor !== null) history.resubmitted(document, id, successor.id);
  }

  /** Returns receipts with the content of a document that no other entry has; `null` when not known. */
  async #unboundOf(document: PlannedReceipt, id: string): Promise<JournalledReceipt[] | null> {
    const { administration, history, provider } = this.#dependencies;
    const others = history.idsOfPayment(document).filter((other) => other !== id);
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
