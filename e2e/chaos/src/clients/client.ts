import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../generator/chance.js';
import type { Ask, Story } from '../generator/operation.js';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { ToldBook } from '../history/history.js';
import type { Operator } from '../operator/operator.js';
import type { Answer, GatewayCaller } from './gateway-caller.js';
import { readConfirmationAnswer, readReceiptAnswer, type Told } from './read-answer.js';

/** What clients work with. */
export interface ClientParts {
  readonly caller: GatewayCaller;
  /** Addresses of the gateways that take requests. */
  readonly gatewayUrls: readonly string[];
  readonly book: ToldBook;
  readonly operator: Operator;
  readonly chance: Chance;
  /** Ends all asking: what was not told by then stays untold. */
  readonly over: AbortSignal;
}

const timeoutMs = 3_000;

/** A merchant's program: asks until it is told something definite, whatever happens to its requests. */
export class Client {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** Goes through a story, step by step. */
  async live({ steps }: Story): Promise<void> {
    for (const step of steps) {
      if (this.#parts.over.aborted) return;
      if (step.kind === 'conflict') {
        await this.#expectConflict(step.ask);
      } else if (step.kind === 'operate') {
        await this.#parts.operator.operate(step);
      } else {
        const copies = Array.from({ length: step.copies }, () => this.#acceptEntry(step.document, step.ask));
        await Promise.all(copies);
      }
    }
  }

  /** Asks for the outcome of a document until there is one. */
  async learnOutcome(document: PlannedDocument, ask: Ask, id: string | null): Promise<void> {
    const { caller, book } = this.#parts;
    const told = await this.#untilTold(
      async (url) => {
        const answer =
          id === null
            ? await caller.ask(url, ask, { waitMs: 1_000, timeoutMs })
            : await caller.get(url, { merchant: ask.merchant, path: `/v5/receipts/${id}` }, 1_000);
        return read(document, answer);
      },
      (answer) => answer.kind !== 'stored' || answer.final !== null,
    );
    if (told?.kind === 'stored') book.stored(document, told.id, told.final);
    else if (told)
      book.complain(
        `${document.name} (${id ?? document.paymentId}): asked for its outcome, told ${describe(told)}`,
      );
  }

  async #acceptEntry(document: PlannedDocument, ask: Ask): Promise<void> {
    const told = await this.#untilTold((url) => this.#ask(url, document.kind, ask));
    if (told?.kind === 'stored') this.#parts.book.stored(document, told.id, told.final);
    else if (told) this.#parts.book.complain(`${document.name}: handed in, told ${describe(told)}`);
  }

  async #expectConflict(ask: Ask): Promise<void> {
    const kind = ask.path.startsWith('/payment/') ? 'confirmation' : 'receipt';
    const told = await this.#untilTold((url) => this.#ask(url, kind, ask));
    if (told && told.kind !== 'conflict') {
      this.#parts.book.complain(`other content was to be a conflict, told ${describe(told)}: ${ask.body}`);
    }
  }

  /** One request in twenty is given up almost at once, as by a client that dies. */
  async #ask(url: string, kind: PlannedDocument['kind'], ask: Ask): Promise<Told> {
    const { caller, chance } = this.#parts;
    const patienceMs = chance.happens(0.05) ? chance.between(1, 20) : timeoutMs;
    const answer = await caller.ask(url, ask, { waitMs: 0, timeoutMs: patienceMs });
    return kind === 'receipt' ? readReceiptAnswer(answer) : readConfirmationAnswer(answer);
  }

  async #untilTold(
    ask: (gatewayUrl: string) => Promise<Told>,
    isEnough: (told: Told) => boolean = () => true,
  ): Promise<Told | null> {
    const { chance, gatewayUrls, over } = this.#parts;
    while (!over.aborted) {
      const told = await ask(gatewayUrls[chance.between(0, gatewayUrls.length - 1)] ?? '');
      if (told.kind !== 'again' && isEnough(told)) return told;
      await sleep(chance.between(20, 200));
    }
    return null;
  }
}

function read({ kind }: PlannedDocument, answer: Answer): Told {
  return kind === 'receipt' ? readReceiptAnswer(answer) : readConfirmationAnswer(answer);
}

function describe(told: Told): string {
  return told.kind === 'refused' ? `no: ${told.code}` : told.kind;
}
