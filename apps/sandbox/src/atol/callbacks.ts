import type { CallbackManner } from '../faults/fault.js';
import type { AtolRecord } from './record.js';
import type { AtolReports } from './report.js';

/** A document whose callback is to be sent. */
export interface CallbackToSend {
  readonly record: AtolRecord;
  readonly url: string;
  readonly manners: readonly CallbackManner[];
}

/** A callback that was sent. Its address is left out: it contains a secret. */
export interface SentCallback {
  /** External id of the document that it is about, and of the one that it names. */
  readonly external_id: string;
  readonly named: string;
  readonly status: string;
  /** Status of the answer; `null` if there was none. */
  readonly answered: number | null;
}

interface CallbackDependencies {
  readonly clock: () => Date;
  readonly createId: () => string;
}

const pollMs = 20;
const attemptMs = 5_000;

/**
 * Sends the callbacks of ATOL Online, each when its document is done or has failed; with bad manners on demand.
 * Callbacks that have not been sent are lost when the sandbox stops.
 */
export class AtolCallbacks {
  readonly sent: SentCallback[] = [];
  readonly #dependencies: CallbackDependencies;
  readonly #reports: Pick<AtolReports, 'bodyOf'>;
  readonly #lifetime = new AbortController();
  #waiting: { readonly at: number; readonly send: () => void }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(dependencies: CallbackDependencies, reports: Pick<AtolReports, 'bodyOf'>) {
    this.#dependencies = dependencies;
    this.#reports = reports;
  }

  /** Plans the callback of a document that was just taken. */
  plan({ record, url, manners }: CallbackToSend): void {
    const { outcome, externalId } = record;
    const of = new Map(manners.map((manner) => [manner.manner, manner]));
    const body = (state: 'wait' | 'done' | 'fail') => this.#reports.bodyOf(record, state);
    if (of.has('early')) void this.#post(url, { ...body('wait'), status: 'done' }, externalId);
    if (of.has('forged')) {
      void this.#post(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`, body('wait'), externalId);
    }
    if (of.has('never') || outcome.kind === 'stays-waiting') return;
    const state = outcome.kind === 'registers' ? 'done' : 'fail';
    const send = () => {
      const other = { external_id: this.#dependencies.createId(), uuid: this.#dependencies.createId() };
      const named = { ...body(state), ...(of.has('of-another') && other) };
      for (let left = of.has('twice') ? 2 : 1; left > 0; left -= 1) void this.#post(url, named, externalId);
    };
    this.#waiting.push({ at: outcome.at + (of.get('late')?.byMs ?? 0), send });
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
    const now = this.#dependencies.clock().getTime();
    const due = this.#waiting.filter(({ at }) => at <= now);
    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    for (const { send } of due) send();
    if (this.#timer !== null || this.#waiting.length === 0 || this.#lifetime.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#sendDue();
    }, pollMs).unref();
  }

  async #post(url: string, body: Record<string, unknown>, externalId: string): Promise<void> {
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
    this.sent.push({
      external_id: externalId,
      named: String(body.external_id),
      status: String(body.status),
      answered,
    });
  }
}
