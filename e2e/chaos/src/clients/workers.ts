import type { Story } from '../generator/operation.js';
import type { HandedIn } from '../generator/plan.js';
import type { ToldBook } from '../history/history.js';
import { until } from '../system/program-slot.js';
import type { Client } from './client.js';

/** What clerks work on. */
export interface ClerksParts {
  readonly stories: readonly Story[];
  readonly client: Client;
  readonly clerks: number;
}

const patience = { everyMs: 20, forMs: 10_000 };
/** How long nothing may get on before it goes on without: longer than a gateway takes to start on a machine with other work. */
const standstill = { everyMs: 20, forMs: 30_000 };

/** Clients that live stories one after the other, some at the same time, as far as they have been let. */
export class Clerks {
  readonly #parts: ClerksParts;
  #let = 0;
  #begun = 0;
  #ended = 0;

  constructor(parts: ClerksParts) {
    this.#parts = parts;
  }

  get ended(): number {
    return this.#ended;
  }

  /** Lets so large a share of the stories begin. Resolves when few of those let before wait, or when nothing gets on. */
  async letBegin(share: number): Promise<void> {
    const isCaughtUp = () => this.#let - this.#begun <= this.#parts.clerks;
    while (!isCaughtUp()) {
      const before = this.#begun + this.#ended;
      if (!(await until(async () => this.#begun + this.#ended > before, standstill))) break;
    }
    this.#let = Math.max(this.#let, Math.ceil(share * this.#parts.stories.length));
  }

  /** Resolves when all stories were lived. */
  async work(over: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: this.#parts.clerks }, () => this.#clerk(over)));
  }

  async #clerk(over: AbortSignal): Promise<void> {
    const { stories, client } = this.#parts;
    while (this.#begun < stories.length && !over.aborted) {
      if (!(await until(async () => this.#begun < this.#let || over.aborted, patience))) continue;
      const story = stories[this.#begun];
      if (story === undefined || this.#begun >= this.#let) continue;
      this.#begun += 1;
      await client.live(story);
      this.#ended += 1;
    }
  }
}

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
