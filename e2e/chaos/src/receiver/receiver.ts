import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from '../generator/chance.js';
import { merchantOf } from '../generator/merchants.js';

/** Endpoints of webhooks: `shop` of every merchant, `gone` of the first. */
export type EndpointName = 'shop' | 'gone';

/** A delivery that the receiver took, as its own record has it. */
export interface TakenEvent {
  /** Whose endpoint it came to. */
  readonly merchant: string;
  /** Id of the event. */
  readonly id: string;
  /** Id of the entry, and its version at the event: the first parts of the id. */
  readonly entryId: string;
  readonly version: number;
  /** What happened, as the id says it: `receipt-registered`, … */
  readonly kind: string;
}

/** Requests that the endpoint `gone` takes before it answers 410. */
const takenBeforeGone = 20;

/** The first second is the gateways' time for one delivery. */
const slowestMs = 1_500;

/**
 * A receiver of webhooks that fails, stalls, answers late, loses its answers, is down for a while and comes
 * back, until it is told to behave. It keeps the record that the deliveries are checked by.
 */
export class Receiver {
  readonly url: string;
  /** What the endpoints named `shop` took, in the order in which it came. */
  readonly taken: TakenEvent[] = [];
  /** Requests that did not prove whose they are, in words. */
  readonly complaints: string[] = [];
  /** How often it treated a request in each way, and was down. */
  readonly counts = { taken: 0, failed: 0, stalled: 0, late: 0, 'answer lost': 0, gone: 0, down: 0 };
  readonly #port: number;
  readonly #chance: Chance;
  readonly #closed = new AbortController();
  #server: Server | null = null;
  #isTroubled = true;
  #lastAt = performance.now();
  #lives: Promise<void> = Promise.resolve();

  constructor({ port, seed }: { readonly port: number; readonly seed: number }) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#chance = new Chance(seed, 'receiver');
  }

  /** Milliseconds since the last request. */
  get quietMs(): number {
    return performance.now() - this.#lastAt;
  }

  /** Whether the endpoint `gone` has answered so. */
  get hasSaidGone(): boolean {
    return this.counts.gone > takenBeforeGone;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#lives = this.#liveAndDie();
  }

  /** Ends all trouble: every request is taken from now on. */
  async behave(): Promise<void> {
    this.#isTroubled = false;
    if (this.#server === null) await this.#listen();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#lives;
    await this.#end();
  }

  async #liveAndDie(): Promise<void> {
    const { signal } = this.#closed;
    while (this.#isTroubled && !signal.aborted) {
      await sleep(this.#chance.between(2_000, 6_000), undefined, { signal }).catch(() => {});
      if (!this.#isTroubled || signal.aborted) return;
      this.counts.down += 1;
      await this.#end();
      await sleep(this.#chance.between(200, 2_000), undefined, { signal }).catch(() => {});
      if (!signal.aborted && this.#server === null) await this.#listen();
    }
  }

  async #listen(): Promise<void> {
    const server = createServer((request, response) => void this.#receive(request, response));
    this.#server = server;
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
  }

  async #end(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return;
    this.#lastAt = performance.now();
    const [, merchant = '', endpoint] = (request.url ?? '').split('/');
    const fault = signatureFault(request, { body, merchant });
    if (fault !== null) this.complaints.push(`${request.url}: ${fault}`);
    if (endpoint === 'gone') return this.#answerOnceMore(response);
    const luck = this.#isTroubled ? this.#chance.draw() : 1;
    if (luck < 0.07) {
      this.counts.failed += 1;
      response.writeHead(luck < 0.05 ? 500 : 503, luck < 0.05 ? {} : { 'Retry-After': '1' }).end();
    } else if (luck < 0.09) {
      // Whoever waits for an answer gives up.
      this.counts.stalled += 1;
    } else {
      this.#take(merchant, String(request.headers['webhook-id']));
      await this.#answerTaken(response, luck);
    }
  }

  async #answerTaken(response: ServerResponse, luck: number): Promise<void> {
    if (luck < 0.12) {
      this.counts['answer lost'] += 1;
      response.destroy();
      return;
    }
    if (luck < 0.17) {
      this.counts.late += 1;
      await sleep(this.#chance.between(50, slowestMs));
    }
    if (!response.destroyed) response.writeHead(204).end();
  }

  #take(merchant: string, id: string): void {
    this.counts.taken += 1;
    const [entryId = '', version, kind = ''] = id.split(':');
    this.taken.push({ merchant, id, entryId, version: Number(version), kind });
  }

  #answerOnceMore(response: ServerResponse): void {
    this.counts.gone += 1;
    response.writeHead(this.hasSaidGone ? 410 : 204).end();
  }
}

/** Reads a body; `null` where the sender was killed meanwhile. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  try {
    return await buffer(request);
  } catch {
    return null;
  }
}

/** Returns why a request is not signed for this merchant as Standard Webhooks says; `null` when it is. */
function signatureFault(
  { headers }: IncomingMessage,
  { body, merchant }: { readonly body: Buffer; readonly merchant: string },
): string | null {
  const key = Buffer.from(merchantOf(merchant).webhookSecret.slice('whsec_'.length), 'base64');
  const begin = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  const expected = createHmac('sha256', key).update(begin).update(body).digest();
  const signatures = String(headers['webhook-signature']).split(' ');
  const isSigned = signatures.some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) return 'is not signed with the secret of its merchant';
  return JSON.parse(body.toString()).id === headers['webhook-id'] ? null : 'has another id in its body';
}
