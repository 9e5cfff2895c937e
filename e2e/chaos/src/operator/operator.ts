import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRuleInput, JournalledReceipt } from '@fiscalkit/sandbox';
import { handedCodes } from '../checker/recognition.js';
import type { Operation } from '../generator/operation.js';
import type { PlannedReceipt } from '../generator/planned-document.js';
import type { History } from '../history/history.js';
import type { EmulatedProvider } from '../providers/emulated-provider.js';
import type { FaultClient } from '../system/provider.js';
import type { Administration, ShownEntry } from './administration.js';

/** Dependencies of the operator. */
export interface OperatorDependencies {
  readonly administration: Administration;
  readonly provider: FaultClient;
  readonly receiptsOf: EmulatedProvider['receiptsOf'];
  /** Rules by which the provider rejects documents. */
  readonly rejections: readonly FaultRuleInput[];
  readonly history: History;
  readonly over: AbortSignal;
}

type Intervention = Extract<Operation, { kind: 'operate' }>;

const heldCode = 'sale.rejected';
const pollIntervalMs = 1_000;
const mostTries = 10;
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
   * entry. A document that has no receipt is resubmitted, unless it is one that is to be rejected.
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
    const isRejectedForGood = received.length > 0 && document.outcome === 'rejected';
    if (!(await this.#reject(id)) || isRejectedForGood) return;
    await this.#resubmit(id, document);
  }

  /** Resolves an entry as rejected; returns whether it is. Its answer may be lost, and it comes no second time. */
  async #reject(id: string): Promise<boolean> {
    const { administration, over } = this.#dependencies;
    const outcome = { kind: 'rejected' };
    for (let tries = 0; tries < mostTries && !over.aborted; tries += 1) {
      if ((await administration.intervene(id, { action: 'resolve', outcome })) !== null) return true;
      const entry = await administration.entry(id);
      if (isFinal(entry)) return entry?.state === 'rejected';
      await sleep(pollIntervalMs);
    }
    return false;
  }

  /** The entry is final now and comes no second time, so an answer that is lost is asked for again here. */
  async #resubmit(id: string, document: PlannedReceipt): Promise<void> {
    const { administration, history } = this.#dependencies;
    for (let tries = 0; tries < mostTries && !this.#dependencies.over.aborted; tries += 1) {
      // The plan has equal documents on purpose.
      const successor = await administration.intervene(id, { action: 'resubmit', twin: 'meant' });
      if (successor !== null) return history.resubmitted(document, id, successor.id);
      await sleep(pollIntervalMs);
    }
  }

  /** Returns receipts that can be the document's, and no other entry has; `null` when not known. */
  #unboundOf(document: PlannedReceipt, id: string): Promise<readonly JournalledReceipt[] | null> {
    const { administration, history, provider, receiptsOf } = this.#dependencies;
    const boundIds = async () => {
      const others = history.idsOfPayment(document).filter((other) => other !== id);
      const entries = await Promise.all(others.map((other) => administration.entry(other)));
      if (entries.includes(null)) return null;
      return new Set(entries.flatMap((entry) => entry?.provider_document_id ?? []));
    };
    return receiptsOf({ id, document, journal: (paymentId) => provider.journal(paymentId), boundIds });
  }
}

function isDoubtful({ reason }: ShownEntry): boolean {
  return reason !== null && handedCodes.has(reason.code);
}

function isFinal(entry: ShownEntry | null): boolean {
  return entry?.state === 'registered' || entry?.state === 'rejected';
}
