import type { GatewayCaller } from '../clients/gateway-caller.js';

/** An entry as administrators see it, as far as the laboratory reads it. */
export interface ShownEntry {
  readonly id: string;
  readonly payment_id: string;
  readonly state: string;
  readonly provider_document_id: string | null;
  readonly reason: { readonly code: string } | null;
}

/** What a person does with an entry, as the last part of its path and the body. */
export interface OperatorAct {
  readonly action: 'resolve' | 'resubmit';
  readonly outcome?: object;
}

/** Reads and settles entries as a person does, over the administrators' interface; `null` where nothing came back, or a refusal. */
export class Administration {
  readonly #caller: GatewayCaller;
  readonly #gatewayUrl: () => string;

  constructor(caller: GatewayCaller, gatewayUrl: () => string) {
    this.#caller = caller;
    this.#gatewayUrl = gatewayUrl;
  }

  /** Entries without an outcome that have a number of the provider's or may have been sent. */
  async undecided(): Promise<readonly ShownEntry[]> {
    const path = '/admin/entries?older_than_ms=0&state=unknown,pending,parked&limit=1000';
    return ((await this.#ask('GET', path)) as readonly ShownEntry[] | null) ?? [];
  }

  async entry(id: string): Promise<ShownEntry | null> {
    return (await this.#ask('GET', `/admin/entries/${id}`)) as ShownEntry | null;
  }

  async act(id: string, { action, ...body }: OperatorAct): Promise<ShownEntry | null> {
    const reason = 'compared with the journal of the provider';
    return (await this.#ask('POST', `/admin/entries/${id}/${action}`, {
      reason,
      ...body,
    })) as ShownEntry | null;
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const answer = await this.#caller.administer(this.#gatewayUrl(), { method, path, ...(body && { body }) });
    if (answer?.status !== 200) return null;
    return Reflect.get(Object(answer.body), 'data') ?? null;
  }
}
