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
  const left = book.documents.flatMap(({ document, ids }) => {
    const ask = asks.get(document.name);
    const questions = document.kind === 'receipt' ? [...ids] : [null];
    return ask ? questions.map((id) => ({ document, ask, id })) : [];
  });
  const clerk = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      await client.learnOutcome(next.document, next.ask, next.id);
    }
  };
  await Promise.all(Array.from({ length: clerks }, clerk));
}
