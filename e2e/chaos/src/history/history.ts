import type { FinalWord } from '../clients/read-answer.js';
import type { PlannedDocument } from '../generator/planned-document.js';

/** What clients were told of one document. */
export interface ToldDocument {
  readonly document: PlannedDocument;
  /** Ids of receipts that the answers named; one at most, if all is well. */
  readonly ids: ReadonlySet<string>;
  /** Outcomes that the answers named, as text that equal outcomes share. */
  readonly finals: ReadonlyMap<string, FinalWord>;
}

interface Note {
  readonly document: PlannedDocument;
  readonly ids: Set<string>;
  readonly finals: Map<string, FinalWord>;
}

/** What all clients were told. */
export class ToldBook {
  readonly #notes = new Map<string, Note>();
  readonly #complaints: string[] = [];
  readonly #givenUp = new Map<string, PlannedDocument>();

  /** Notes that a document was said to be stored. */
  stored(document: PlannedDocument, id: string | null, final: FinalWord | null): void {
    if (id !== null && this.#givenUp.has(id)) return;
    const note = this.#notes.get(document.name) ?? { document, ids: new Set(), finals: new Map() };
    this.#notes.set(document.name, note);
    if (id !== null) note.ids.add(id);
    if (final !== null) note.finals.set(JSON.stringify(final), final);
  }

  /** Notes that a person handed a document in again, as another entry. */
  handedInAgain(document: PlannedDocument, id: string, successor: string): void {
    this.#givenUp.set(id, document);
    this.#notes.set(document.name, { document, ids: new Set([successor]), finals: new Map() });
  }

  /** The ids that were told for a document. */
  idsOf(name: string): readonly string[] {
    return [...(this.#notes.get(name)?.ids ?? [])];
  }

  /** The ids that were told for all receipts of a document's payment. */
  idsOfPayment({ merchant, paymentId }: PlannedDocument): string[] {
    const notes = this.documents.filter(
      ({ document }) => document.merchant === merchant && document.paymentId === paymentId,
    );
    return notes.flatMap(({ ids }) => [...ids]);
  }

  /** The document that an id was told for. */
  documentOf(id: string): PlannedDocument | null {
    return this.documents.find(({ ids }) => ids.has(id))?.document ?? null;
  }

  /** Entries that a person gave up, with the documents that are other entries' now. */
  get givenUp(): ReadonlyMap<string, PlannedDocument> {
    return this.#givenUp;
  }

  /** Notes an answer that no correct request may get. */
  complain(what: string): void {
    this.#complaints.push(what);
  }

  get documents(): readonly ToldDocument[] {
    return [...this.#notes.values()];
  }

  /** Documents whose outcome a client knows. */
  get outcomes(): number {
    return this.documents.filter(({ finals }) => finals.size > 0).length;
  }

  get complaints(): readonly string[] {
    return this.#complaints;
  }
}
