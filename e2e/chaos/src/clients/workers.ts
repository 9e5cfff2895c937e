import type { ClientRequest, OperationSequence } from '../generator/operation.js';
import type { History } from '../history/history.js';
import { until } from '../system/program-slot.js';
import type { Client, OutcomePoll } from './client.js';

const workerCount = 24;
const releaseWait = { everyMs: 20, forMs: 10_000 };
/** Longer than a gateway takes to start on a busy machine: without progress for so long, faults go on. */
const stallWait = { everyMs: 20, forMs: 30_000 };

/** Concurrent workers that perform sequences of operations in their order, as far as these were released. */
export class Workers {
  readonly #client: Client;
  readonly #sequences: readonly OperationSequence[];
  #released = 0;
  #started = 0;
  #ended = 0;

  constructor(client: Client, sequences: readonly OperationSequence[]) {
    this.#client = client;
    this.#sequences = sequences;
  }

  get ended(): number {
    return this.#ended;
  }

  /** Releases a share of the sequences. Resolves when few of the earlier ones are left, or none gets on. */
  async release(share: number): Promise<void> {
    const isCaughtUp = () => this.#released - this.#started <= workerCount;
    while (!isCaughtUp()) {
      const before = this.#started + this.#ended;
      if (!(await until(async () => this.#started + this.#ended > before, stallWait))) break;
    }
    this.#released = Math.max(this.#released, Math.ceil(share * this.#sequences.length));
  }

  /** Resolves when all sequences were performed. */
  async run(over: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: workerCount }, () => this.#work(over)));
  }

  async #work(over: AbortSignal): Promise<void> {
    while (this.#started < this.#sequences.length && !over.aborted) {
      if (!(await until(async () => this.#started < this.#released || over.aborted, releaseWait))) continue;
      const sequence = this.#sequences[this.#started];
      if (sequence === undefined || this.#started >= this.#released) continue;
      this.#started += 1;
      await this.#client.perform(sequence);
      this.#ended += 1;
    }
  }
}

/** Polls the outcome of every document that was reported to a client. */
export async function pollOutcomes(
  client: Client,
  history: History,
  requests: ReadonlyMap<string, ClientRequest>,
): Promise<void> {
  const polled = new Set<string>();
  const pollsLeft = () =>
    history.documents
      .flatMap(({ document, ids }): OutcomePoll[] => {
        if (document.kind === 'receipt') return [...ids].map((id) => ({ document, id }));
        const request = requests.get(document.name);
        return request ? [{ document, request, id: null }] : [];
      })
      .filter(({ document, id }) => !polled.has(id ?? document.name));
  // Again and again, because the operator may resubmit a document meanwhile.
  for (let left = pollsLeft(); left.length > 0; left = pollsLeft()) {
    for (const { document, id } of left) polled.add(id ?? document.name);
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        await client.pollOutcome(next);
      }
    };
    await Promise.all(Array.from({ length: workerCount }, worker));
  }
}
