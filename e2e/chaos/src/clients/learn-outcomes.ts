import type { ToldBook } from '../books/told-book.js';
import type { HandedIn } from '../plan/plan.js';
import type { Client } from './client.js';

const clerks = 24;

/** Asks for the outcome of every document that a client was told of. */
export async function learnOutcomes(
  client: Client,
  book: ToldBook,
  documents: readonly HandedIn[],
): Promise<void> {
  const asks = new Map(documents.map(({ document, ask }) => [document.name, ask]));
  const asked = new Set<string>();
  const questionsLeft = () =>
    book.documents
      .flatMap(({ document, ids }) => {
        const ask = asks.get(document.name);
        const questions = document.kind === 'receipt' ? [...ids] : [null];
        return ask ? questions.map((id) => ({ document, ask, id })) : [];
      })
      .filter(({ document, id }) => !asked.has(id ?? document.name));
  // Again and again, because a person may hand a document in again meanwhile.
  for (let left = questionsLeft(); left.length > 0; left = questionsLeft()) {
    for (const { document, id } of left) asked.add(id ?? document.name);
    const clerk = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        await client.learnOutcome(next.document, next.ask, next.id);
      }
    };
    await Promise.all(Array.from({ length: clerks }, clerk));
  }
}
