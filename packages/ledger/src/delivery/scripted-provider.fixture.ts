import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type CallOptions,
  type Finding,
  type FindOptions,
  type OriginDocument,
  type Provider,
  type ProviderAccount,
  type ProviderCapabilities,
  type Reason,
  type Registered,
  type RegistrationRequest,
  type SubmitOptions,
  type UnknownOutcome,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';

/** Behaviour in one call. `lost` and `unsent` are answers that don't arrive: after and before processing. */
export type Behaviour =
  | { readonly kind: 'register' }
  | { readonly kind: 'pend'; readonly polls: number }
  | { readonly kind: 'refuse' }
  /** Accepts, registers nothing, and tells it when it is asked: the reference is used up. */
  | { readonly kind: 'expire' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'down'; readonly retryAfterMs?: number }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'hang' };

/** A document that the provider has registered, or is about to. */
export interface ProviderDocument {
  readonly id: string;
  readonly reference: string;
  readonly paymentId: string;
  readonly body: string;
  /** When it was made, on the provider's clock. */
  readonly madeAt: number;
  pollsLeft: number;
}

const outage: Reason = { code: 'provider.unavailable', message: 'Not now.', outage: true };
const silence: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };

const expiry: Reason = { code: 'provider.failed', message: 'No register took it.', outage: true };

function expiredId({ reference }: Pick<RegistrationRequest, 'reference'>): string {
  return `expired:${reference}`;
}

export const memoryCapabilities: ProviderCapabilities = {
  operations: ['receipt'],
  formats: ['ru_1_05', 'ru_1_2', 'uz_1_0'],
  deduplicatesBy: 'nothing',
  findsBy: 'content',
  asynchronous: true,
  settlesWithinMs: 0,
};

/** A provider in memory that records its registrations, and behaves, call by call, as scripted. */
export class ScriptedProvider implements Provider {
  readonly documents: ProviderDocument[] = [];
  readonly calls: {
    readonly step: 'submit' | 'poll' | 'find';
    readonly reference: string;
    readonly body: string;
  }[] = [];
  /** What it was shown of the receipts that documents were made from. */
  readonly origins: { readonly step: string; readonly reference: string; readonly isRegistered: boolean }[] =
    [];
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  account: ProviderAccount = { address: 'memory:', merchantId: null };
  readonly unknownOutcome: UnknownOutcome;
  /** Behaviour of the next submits; afterwards, `usually`. */
  readonly script: Behaviour[] = [];
  usually: Behaviour = { kind: 'register' };
  /** References that are used up. */
  readonly expired = new Set<string>();
  /** Clock of its window of repeats, in milliseconds; a test may move it. */
  clock: () => number = () => performance.now();
  most = 0;
  #underWay = 0;

  constructor(name = 'memory', capabilities: Partial<ProviderCapabilities> = {}) {
    this.name = name;
    this.capabilities = { ...memoryCapabilities, ...capabilities };
    this.unknownOutcome = {
      plan: unknownPlan(this.capabilities),
      foundOutBy: 'A search by content.',
      guarantee: 'One document.',
      remainingWindow: 'None.',
      personChecks: 'The documents.',
    };
  }

  freeze: Provider['freeze'] = ({ operation, document }, { reference, businessTime, origin }) => {
    this.#noteOrigin('freeze', origin);
    return { operation, reference, businessTime, body: new TextEncoder().encode(JSON.stringify(document)) };
  };

  async submit(request: RegistrationRequest, options: SubmitOptions = {}): Promise<Verdict> {
    this.#note('submit', request);
    this.#noteOrigin('submit', options.origin);
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    try {
      return await this.#behave(this.script.shift() ?? this.usually, request, options);
    } finally {
      this.#underWay -= 1;
    }
  }

  async poll(request: RegistrationRequest, providerDocumentId: string): Promise<Verdict> {
    this.#note('poll', request);
    if (this.usually.kind === 'down') return { kind: 'unknown', reason: outage };
    if (providerDocumentId === expiredId(request)) return { kind: 'rejected', reason: expiry, reissue: true };
    const document = this.documents.find(({ id }) => id === providerDocumentId);
    if (!document) return { kind: 'unknown', reason: { code: 'provider.not-found', message: 'Not known.' } };
    if (document.pollsLeft > 0) {
      document.pollsLeft -= 1;
      return { kind: 'pending', providerDocumentId };
    }
    return registered(document);
  }

  async find(request: RegistrationRequest, { boundDocumentIds }: FindOptions): Promise<Finding> {
    this.#note('find', request);
    if (this.usually.kind === 'down') return { kind: 'unknown', reason: outage };
    const body = textOf(request);
    const { findsBy } = this.capabilities;
    const isMeant = (each: ProviderDocument) =>
      findsBy === 'reference' ? each.reference === request.reference : each.body === body;
    const found = this.documents.find((each) => isMeant(each) && !boundDocumentIds.has(each.id));
    return found ? { kind: 'found', verdict: registered(found) } : { kind: 'absent' };
  }

  async close(): Promise<void> {}

  #noteOrigin(step: string, origin: OriginDocument | undefined): void {
    if (!origin) return;
    this.origins.push({ step, reference: origin.reference, isRegistered: origin.registration !== null });
  }

  async #behave(behaviour: Behaviour, request: RegistrationRequest, options: CallOptions): Promise<Verdict> {
    if (this.expired.has(request.reference))
      return { kind: 'pending', providerDocumentId: expiredId(request) };
    switch (behaviour.kind) {
      case 'expire':
        this.expired.add(request.reference);
        return { kind: 'pending', providerDocumentId: expiredId(request) };
      case 'register':
        return registered(this.#register(request));
      case 'pend': {
        const { id } = this.#register(request, behaviour.polls);
        return { kind: 'pending', providerDocumentId: id };
      }
      case 'refuse':
        return { kind: 'rejected', reason: { code: 'provider.rejected', message: 'Never.' } };
      case 'lost':
        this.#register(request);
        return { kind: 'unknown', reason: silence };
      case 'unsent':
        return { kind: 'unknown', reason: silence };
      case 'unauthorized':
        return { kind: 'retry', reason: { code: 'provider.unauthorized', message: 'Who are you?' } };
      case 'down': {
        const { retryAfterMs } = behaviour;
        return { kind: 'retry', reason: outage, ...(retryAfterMs !== undefined && { retryAfterMs }) };
      }
      case 'slow':
        await delay(behaviour.milliseconds);
        return registered(this.#register(request));
      case 'hang':
        return new Promise((resolve) => {
          options.signal?.addEventListener('abort', () => resolve({ kind: 'unknown', reason: silence }));
        });
    }
  }

  #register(request: RegistrationRequest, polls = 0): ProviderDocument {
    const body = textOf(request);
    const known = this.#recognised(request);
    if (known) return known;
    const paymentId = String(JSON.parse(body).payment_id);
    const { reference } = request;
    const madeAt = this.clock();
    const document = { id: randomUUID(), reference, paymentId, body, madeAt, pollsLeft: polls };
    this.documents.push(document);
    return document;
  }

  /** Returns the document of an earlier request with the same key, within the window. */
  #recognised({ reference }: RegistrationRequest): ProviderDocument | undefined {
    const { deduplicatesBy, deduplicationWindowMs = Number.POSITIVE_INFINITY } = this.capabilities;
    if (deduplicatesBy !== 'key') return undefined;
    const isRemembered = ({ madeAt }: ProviderDocument) => this.clock() - madeAt < deduplicationWindowMs;
    return this.documents.find((each) => each.reference === reference && isRemembered(each));
  }

  #note(step: 'submit' | 'poll' | 'find', request: RegistrationRequest): void {
    this.calls.push({ step, reference: request.reference, body: textOf(request) });
  }
}

function registered({ id }: ProviderDocument): Registered {
  return {
    kind: 'registered',
    registration: { providerDocumentId: id, mark: null, link: null, details: {} },
  };
}

function textOf({ body }: RegistrationRequest): string {
  return new TextDecoder().decode(body);
}
