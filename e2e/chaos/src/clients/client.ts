import { setTimeout as sleep } from 'node:timers/promises';
import { plannedContentKey } from '../checker/identity.js';
import type { Chance } from '../generator/chance.js';
import type {
  ClientRequest,
  Operation,
  OperationSequence,
  PlannedDerivation,
} from '../generator/operation.js';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { History } from '../history/history.js';
import type { Operator } from '../operator/operator.js';
import type { GatewayCaller, HttpAnswer } from './gateway-caller.js';
import {
  type Completion,
  type DerivedCompletion,
  readConfirmationAnswer,
  readDerivedAnswer,
  readReceiptAnswer,
  type ShownReceipt,
} from './read-answer.js';

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

/** A document whose outcome is polled: by its receipt's id, or by its request, which is sent again. */
export type OutcomePoll = { readonly document: PlannedDocument } & (
  | { readonly id: string; readonly request?: undefined }
  | { readonly id: null; readonly request: ClientRequest }
);

const timeoutMs = 3_000;
/** Answer about an origin that is rejected; of any other, the operator is about to have it sent again. */
const originRejected = 'origin.rejected';

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
      } else if (operation.kind === 'derive') {
        await this.#derive(operation);
      } else {
        const { document, request, copies } = operation;
        await Promise.all(Array.from({ length: copies }, () => this.#accept(document, request)));
      }
    }
  }

  /** Polls the outcome of a document until there is one. */
  async pollOutcome({ document, request, id }: OutcomePoll): Promise<void> {
    const { caller, history } = this.#dependencies;
    const { merchant } = document;
    const completion = await this.#untilCompleted(
      async (url) => {
        const answer =
          id === null
            ? await caller.submit(url, request, { waitMs: 1_000, timeoutMs })
            : await caller.get(url, { merchant, path: pathOf(document, id) }, 1_000);
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

  /** Submits requests for derived receipts at the same time, and compares how many were accepted. */
  async #derive({ requests, least, most }: Extract<Operation, { kind: 'derive' }>): Promise<void> {
    const { history } = this.#dependencies;
    const attempts = await Promise.all(
      requests.flatMap((derivation) =>
        derivation.request.keys.map(async (key) => ({
          derivation,
          isMade: await this.#make(derivation, key),
        })),
      ),
    );
    if (attempts.some(({ isMade }) => isMade === null)) return;
    const made = new Set(attempts.flatMap(({ derivation, isMade }) => (isMade ? [derivation] : [])));
    if (made.size >= least && made.size <= most) return;
    const of = requests.map(({ request }) => request.origin.name)[0];
    history.addComplaint(
      `${of}: ${made.size} requests accepted, not ${least} to ${most}, of ${requests.length}`,
    );
  }

  /** Has receipts made under one key; returns whether they were, `null` when nobody knows. */
  async #make({ request, ...expected }: PlannedDerivation, key: string | null): Promise<boolean | null> {
    const { history } = this.#dependencies;
    const { origin, action, body } = request;
    const completion = await this.#untilCompleted<DerivedCompletion>(
      async (url) => {
        // The operator may have had the origin sent again as another entry.
        const [id = ''] = history.idsOf(origin.name);
        const path = `/v5/receipts/${id}/${action}`;
        const derive = { merchant: origin.merchant, path, body, key, isMeant: false };
        return readDerivedAnswer(await this.#send(url, derive));
      },
      (answer) =>
        answer.kind !== 'refused' || answer.code !== originRejected || origin.outcome === 'rejected',
    );
    if (completion === null) return null;
    const named = `${origin.name} ${action} ${body}`;
    if (completion.kind === 'made') {
      const unexpected = recordMade(history, expected.alternatives, completion.receipts);
      for (const content of unexpected)
        history.addComplaint(`${named}: made ${content}, which was not planned`);
      return true;
    }
    if (completion.kind === 'refused' && expected.refusals.includes(completion.code)) {
      for (const document of expected.alternatives.flat()) history.leftOut(document);
    } else history.addComplaint(`${named}: asked for, told ${describe(completion)}`);
    return false;
  }

  async #submit(url: string, kind: PlannedDocument['kind'], request: ClientRequest): Promise<Completion> {
    return read(kind, await this.#send(url, request));
  }

  /** Sends a request; one in twenty is abandoned almost at once, as by a client that dies. */
  #send(url: string, request: ClientRequest): Promise<HttpAnswer> {
    const { caller, chance } = this.#dependencies;
    const abandonedAfterMs = chance.happens(0.05) ? chance.between(1, 20) : timeoutMs;
    return caller.submit(url, request, { waitMs: 0, timeoutMs: abandonedAfterMs });
  }

  async #untilCompleted<Completed extends Completion | DerivedCompletion = Completion>(
    attempt: (gatewayUrl: string) => Promise<Completed>,
    isEnough: (completion: Completed) => boolean = () => true,
  ): Promise<Completed | null> {
    const { chance, gatewayUrls, over } = this.#dependencies;
    while (!over.aborted) {
      const completion = await attempt(gatewayUrls[chance.between(0, gatewayUrls.length - 1)] ?? '');
      if (completion.kind !== 'again' && isEnough(completion)) return completion;
      await sleep(chance.between(20, 200));
    }
    return null;
  }
}

function pathOf(document: PlannedDocument, id: string): string {
  const isCorrection = document.kind === 'receipt' && document.ground !== null;
  return `/v5/${isCorrection ? 'corrections' : 'receipts'}/${id}`;
}

function read(kind: PlannedDocument['kind'], answer: HttpAnswer): Completion {
  return kind === 'receipt' ? readReceiptAnswer(answer) : readConfirmationAnswer(answer);
}

/**
 * Records the receipts that were made, each as the planned document of its content, and leaves out those of
 * other alternatives. Returns the contents that none has.
 */
function recordMade(
  history: History,
  alternatives: PlannedDerivation['alternatives'],
  receipts: readonly ShownReceipt[],
): string[] {
  const shown = receipts.filter(({ id }) => !history.superseded.has(id));
  const contents = shown.map(({ content }) => content);
  const made = alternatives.find((planned) =>
    planned.some((document) => contents.includes(plannedContentKey(document))),
  );
  if (made === undefined) return contents;
  for (const planned of alternatives)
    if (planned !== made) planned.map((document) => history.leftOut(document));
  return shown.flatMap(({ id, final, content }) => {
    const document = made.find((each) => plannedContentKey(each) === content);
    if (document === undefined) return [content];
    history.stored(document, id, final);
    return [];
  });
}

function describe(completion: Completion | DerivedCompletion): string {
  return completion.kind === 'refused' ? `no: ${completion.code}` : completion.kind;
}
