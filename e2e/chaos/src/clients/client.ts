import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../generator/chance.js';
import type { ClientRequest, OperationSequence } from '../generator/operation.js';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { History } from '../history/history.js';
import type { Operator } from '../operator/operator.js';
import type { GatewayCaller, HttpAnswer } from './gateway-caller.js';
import { type Completion, readConfirmationAnswer, readReceiptAnswer } from './read-answer.js';

/** Dependencies of a client. */
export interface ClientDependencies {
  readonly caller: GatewayCaller;
  /** Addresses of the gateways that take requests. */
  readonly gatewayUrls: readonly string[];
  readonly history: History;
  readonly operator: Operator;
  readonly chance: Chance;
  /** Ends all requests: an operation that was not completed by then stays open. */
  readonly over: AbortSignal;
}

const timeoutMs = 3_000;

/** A merchant's program: repeats each request until the answer is definite, whatever happens on the way. */
export class Client {
  readonly #dependencies: ClientDependencies;

  constructor(dependencies: ClientDependencies) {
    this.#dependencies = dependencies;
  }

  /** Performs operations one after the other. */
  async perform({ operations }: OperationSequence): Promise<void> {
    for (const operation of operations) {
      if (this.#dependencies.over.aborted) return;
      if (operation.kind === 'conflict') {
        await this.#expectConflict(operation.request);
      } else if (operation.kind === 'operate') {
        await this.#dependencies.operator.operate(operation);
      } else {
        const { document, request, copies } = operation;
        await Promise.all(Array.from({ length: copies }, () => this.#accept(document, request)));
      }
    }
  }

  /** Polls the outcome of a document until there is one. */
  async pollOutcome(document: PlannedDocument, request: ClientRequest, id: string | null): Promise<void> {
    const { caller, history } = this.#dependencies;
    const completion = await this.#untilCompleted(
      async (url) => {
        const answer =
          id === null
            ? await caller.submit(url, request, { waitMs: 1_000, timeoutMs })
            : await caller.get(url, { merchant: request.merchant, path: `/v5/receipts/${id}` }, 1_000);
        return read(document.kind, answer);
      },
      (answer) => answer.kind !== 'stored' || answer.final !== null,
    );
    if (completion?.kind === 'stored') history.stored(document, completion.id, completion.final);
    else if (completion)
      history.addComplaint(
        `${document.name} (${id ?? document.paymentId}): asked for its outcome, told ${describe(completion)}`,
      );
  }

  async #accept(document: PlannedDocument, request: ClientRequest): Promise<void> {
    const { history } = this.#dependencies;
    const completion = await this.#untilCompleted((url) => this.#submit(url, document.kind, request));
    if (completion?.kind === 'stored') history.stored(document, completion.id, completion.final);
    else if (completion) history.addComplaint(`${document.name}: handed in, told ${describe(completion)}`);
  }

  async #expectConflict(request: ClientRequest): Promise<void> {
    const kind = request.path.startsWith('/payment/') ? 'confirmation' : 'receipt';
    const completion = await this.#untilCompleted((url) => this.#submit(url, kind, request));
    if (completion && completion.kind !== 'conflict') {
      this.#dependencies.history.addComplaint(
        `other content was to be a conflict, told ${describe(completion)}: ${request.body}`,
      );
    }
  }

  /** Sends a request; one in twenty is abandoned almost at once, as by a client that dies. */
  async #submit(url: string, kind: PlannedDocument['kind'], request: ClientRequest): Promise<Completion> {
    const { caller, chance } = this.#dependencies;
    const abandonedAfterMs = chance.happens(0.05) ? chance.between(1, 20) : timeoutMs;
    return read(kind, await caller.submit(url, request, { waitMs: 0, timeoutMs: abandonedAfterMs }));
  }

  async #untilCompleted(
    attempt: (gatewayUrl: string) => Promise<Completion>,
    isEnough: (completion: Completion) => boolean = () => true,
  ): Promise<Completion | null> {
    const { chance, gatewayUrls, over } = this.#dependencies;
    while (!over.aborted) {
      const completion = await attempt(gatewayUrls[chance.between(0, gatewayUrls.length - 1)] ?? '');
      if (completion.kind !== 'again' && isEnough(completion)) return completion;
      await sleep(chance.between(20, 200));
    }
    return null;
  }
}

function read(kind: PlannedDocument['kind'], answer: HttpAnswer): Completion {
  return kind === 'receipt' ? readReceiptAnswer(answer) : readConfirmationAnswer(answer);
}

function describe(completion: Completion): string {
  return completion.kind === 'refused' ? `no: ${completion.code}` : completion.kind;
}
