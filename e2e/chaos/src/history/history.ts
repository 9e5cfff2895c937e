import type { FinalOutcome } from '../clients/read-answer.js';
import type { PlannedDocument } from '../generator/planned-document.js';

/** What answers reported to clients about one document. */
export interface ReportedDocument {
  readonly document: PlannedDocument;
  /** Ids of receipts that were reported; one at most, if all is well. */
  readonly ids: ReadonlySet<string>;
  /** Outcomes that were reported, under a text that equal outcomes share. */
  readonly finals: ReadonlyMap<string, FinalOutcome>;
}

interface Report {
  readonly document: PlannedDocument;
  readonly ids: Set<string>;
  readonly finals: Map<string, FinalOutcome>;
}

/** History of completed operations: what was reported to all clients. */
export class History {
  readonly #reports = new Map<string, Report>();
  readonly #complaints: string[] = [];
  readonly #superseded = new Map<string, PlannedDocument>();
  readonly #leftOut = new Set<string>();

  /** Records that a document was reported to be stored. */
  stored(document: PlannedDocument, id: string | null, final: FinalOutcome | null): void {
    if (id !== null && this.#superseded.has(id)) return;
    const report = this.#reports.get(document.name) ?? { document, ids: new Set(), finals: new Map() };
    this.#reports.set(document.name, report);
    if (id !== null) report.ids.add(id);
    if (final !== null) report.finals.set(JSON.stringify(final), final);
  }

  /** Records that the operator resubmitted a document as another entry. */
  resubmitted(document: PlannedDocument, id: string, successor: string): void {
    this.#superseded.set(id, document);
    this.#reports.set(document.name, { document, ids: new Set([successor]), finals: new Map() });
  }

  /** Records that a document was not made: its request was refused, or another was made in its place. */
  leftOut({ name }: PlannedDocument): void {
    this.#leftOut.add(name);
  }

  /** Whether a document was not made, as it was reported to a client. */
  isLeftOut({ name }: PlannedDocument): boolean {
    return this.#leftOut.has(name);
  }

  /** Returns the ids that were reported for a document. */
  idsOf(name: string): readonly string[] {
    return [...(this.#reports.get(name)?.ids ?? [])];
  }

  /** Returns the ids that were reported for all receipts of a document's payment. */
  idsOfPayment({ merchant, paymentId }: PlannedDocument): string[] {
    const reports = this.documents.filter(
      ({ document }) => document.merchant === merchant && document.paymentId === paymentId,
    );
    return reports.flatMap(({ ids }) => [...ids]);
  }

  /** Returns the document that an id was reported for. */
  documentOf(id: string): PlannedDocument | null {
    return this.documents.find(({ ids }) => ids.has(id))?.document ?? null;
  }

  /** Entries that the operator resubmitted, by id, with their documents. */
  get superseded(): ReadonlyMap<string, PlannedDocument> {
    return this.#superseded;
  }

  /** Records an answer that no correct request may get. */
  addComplaint(what: string): void {
    this.#complaints.push(what);
  }

  get documents(): readonly ReportedDocument[] {
    return [...this.#reports.values()];
  }

  /** Number of documents whose outcome was reported. */
  get outcomes(): number {
    return this.documents.filter(({ finals }) => finals.size > 0).length;
  }

  get complaints(): readonly string[] {
    return this.#complaints;
  }
}
