import type { GatewayCaller } from '../clients/gateway-caller.js';

/** An entry as administrators see it, as far as the harness reads it. */
export interface ShownEntry {
  readonly id: string;
  readonly payment_id: string;
  readonly state: string;
  readonly provider_document_id: string | null;
  readonly reason: { readonly code: string } | null;
}

/** An endpoint of webhooks, as far as the harness reads it. */
interface ShownEndpoint {
  readonly name: string;
  readonly state: 'starting' | 'active' | 'failing' | 'disabled';
}

/** An operator's action: the last part of its path, and the body. */
export interface OperatorAction {
  readonly action: 'resolve' | 'resubmit';
  readonly outcome?: object;
  /** Says that a document may equal another. */
  readonly twin?: 'meant';
}

/** Client of the administrators' interface; `null` where no answer came, or a refusal. */
export class Administration {
  readonly #caller: GatewayCaller;
  readonly #gatewayUrl: () => string;

  constructor(caller: GatewayCaller, gatewayUrl: () => string) {
    this.#caller = caller;
    this.#gatewayUrl = gatewayUrl;
  }

  /** Returns entries without an outcome that may have been sent. */
  async undecided(): Promise<readonly ShownEntry[]> {
    const path = '/admin/entries?older_than_ms=0&state=unknown,pending,parked&limit=1000';
    return ((await this.#send('GET', path)) as readonly ShownEntry[] | null) ?? [];
  }

  async entry(id: string): Promise<ShownEntry | null> {
    return (await this.#send('GET', `/admin/entries/${id}`)) as ShownEntry | null;
  }

  async intervene(id: string, { action, ...body }: OperatorAction): Promise<ShownEntry | null> {
    const reason = 'compared with the journal of the provider';
    return (await this.#send('POST', `/admin/entries/${id}/${action}`, {
      reason,
      ...body,
    })) as ShownEntry | null;
  }

  /** Returns how the endpoints of webhooks are, of which a new one has not begun yet. */
  async endpoints(): Promise<readonly ShownEndpoint[]> {
    return ((await this.#send('GET', '/admin/webhooks')) as readonly ShownEndpoint[] | null) ?? [];
  }

  async #send(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const answer = await this.#caller.administer(this.#gatewayUrl(), { method, path, ...(body && { body }) });
    if (answer?.status !== 200) return null;
    return Reflect.get(Object(answer.body), 'data') ?? null;
  }
}
