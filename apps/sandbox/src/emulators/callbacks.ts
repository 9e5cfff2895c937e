import type { CallbackManner } from '../faults/fault.js';

/** Body of a callback, as the provider writes it. */
type CallbackBody = Record<string, unknown>;

/** Callback about a document that was just taken. */
export interface CallbackToSend {
  /** Id of ours of the document. */
  readonly reference: string;
  readonly url: string;
  readonly manners: readonly CallbackManner[];
  /** Time at which the document is final, in milliseconds since 1970; `null` for never. */
  readonly finalAt: number | null;
  /** Returns the body about a document that waits, one that waits and is called done, and a final one. */
  bodyOf(moment: 'waiting' | 'early' | 'final'): CallbackBody;
  /** Returns the members of a body that name another document. */
  ofAnother(): CallbackBody;
  /** Returns the id of ours, and the word of the state, that a body names. */
  readBody(body: CallbackBody): Pick<SentCallback, 'named' | 'status'>;
}

/** A callback that was sent. Its address is left out: it contains a secret. */
export interface SentCallback {
  /** Id of ours of the document that it is about, and of the one that it names. */
  readonly external_id: string;
  readonly named: string;
  readonly status: string;
  /** Status of the answer; `null` if there was none. */
  readonly answered: number | null;
}

const pollMs = 20;
const attemptMs = 5_000;

/**
 * Sends the callbacks of an emulated provider, each when its document is done or has failed; with bad manners
 * on demand. Callbacks that have not been sent are lost when the sandbox stops.
 */
export class ProviderCallbacks {
  readonly sent: SentCallback[] = [];
  readonly #clock: () => Date;
  readonly #lifetime = new AbortController();
  #waiting: { readonly at: number; readonly send: () => void }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor({ clock }: { readonly clock: () => Date }) {
    this.#clock = clock;
  }

  /** Plans the callback of a document that was just taken. */
  plan(callback: CallbackToSend): void {
    const { url, manners, finalAt } = callback;
    const of = new Map(manners.map((manner) => [manner.manner, manner]));
    if (of.has('early')) void this.#post(callback, url, callback.bodyOf('early'));
    if (of.has('forged')) {
      const forged = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`;
      void this.#post(callback, forged, callback.bodyOf('waiting'));
    }
    if (of.has('never') || finalAt === null) return;
    const send = () => {
      const body = { ...callback.bodyOf('final'), ...(of.has('of-another') && callback.ofAnother()) };
      for (let left = of.has('twice') ? 2 : 1; left > 0; left -= 1) void this.#post(callback, url, body);
    };
    this.#waiting.push({ at: finalAt + (of.get('late')?.byMs ?? 0), send });
    this.#sendDue();
  }

  /** Forgets what has been sent and what is still to be. */
  reset(): void {
    this.sent.length = 0;
    this.#waiting = [];
  }

  close(): void {
    this.#lifetime.abort();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Sends what is due. A test may move the clock at any time, so it is read again soon. */
  #sendDue(): void {
    const now = this.#clock().getTime();
    const due = this.#waiting.filter(({ at }) => at <= now);
    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    for (const { send } of due) send();
    if (this.#timer !== null || this.#waiting.length === 0 || this.#lifetime.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#sendDue();
    }, pollMs).unref();
  }

  async #post({ reference, readBody }: CallbackToSend, url: string, body: CallbackBody): Promise<void> {
    const signal = AbortSignal.any([this.#lifetime.signal, AbortSignal.timeout(attemptMs)]);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const sent = fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      redirect: 'manual',
      signal,
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => null,
    );
    const answered = await sent;
    if (this.#lifetime.signal.aborted) return;
    this.sent.push({ external_id: reference, ...readBody(body), answered });
  }
}
