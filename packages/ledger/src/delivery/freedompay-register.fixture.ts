import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const refusal = { error: { message: 'A receipt exists.', code: 'receipt.exists' } };

type Fields = Readonly<Record<string, unknown>>;

/** Outcomes of a request for a receipt. */
export type RequestOutcome =
  | 'answered'
  /** Registered, and the connection breaks before the answer. */
  | 'answer lost'
  /** The connection breaks before anything is registered. */
  | 'request lost'
  /** Refused with 422. */
  | 'refused'
  /** Turned away with 429. */
  | 'turned away';

/** Behaviour of the register; where absent, as on FreedomPay's page. */
export interface RegisterBehaviour {
  /** Outcomes of the requests for receipts, in their order; afterwards they are answered. */
  readonly outcomes?: RequestOutcome[];
  /** Rewrites a receipt wherever it is returned. */
  readonly show?: (receipt: Fields) => Fields;
  /** Rewrites it only in the answer to its creation. */
  readonly answer?: (receipt: Fields) => Fields;
  /** Rewrites the text of an answer. */
  readonly print?: (text: string) => string;
  /** Filters a list; by the payment as returned when absent. */
  readonly filter?: (requested: string, receipt: Fields) => boolean;
  /** Most rows of a page, and whether `offset` is respected. */
  readonly page?: { readonly most: number; readonly hearsOffset: boolean };
  /** Whether a receipt is returned when it is requested by its id. */
  readonly knows?: (receiptId: string) => boolean;
}

/** FreedomPay's receipts API on localhost: registers every request, and returns documents as configured. */
export class FreedompayRegister {
  behaviour: RegisterBehaviour = {};
  /** All registered receipts, newest first. */
  receipts: Fields[] = [];
  readonly requested: string[] = [];
  posted = 0;
  readonly #server = createServer((request, response) => void this.#take(request, response));

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Registers a receipt as another system would. */
  register(body: Fields, changes: Fields = {}): Fields {
    const number = String(this.receipts.length + 1);
    const positions = body.positions as { price: number; quantity: number }[];
    const total = positions.reduce((sum, { price, quantity }) => sum + Number(price) * Number(quantity), 0);
    const receipt = {
      ...body,
      merchant_id: '542088',
      payment_id: String(body.payment_id),
      receipt_id: `receipt-${number}`,
      status: 'registered',
      fiscal_document_number: number,
      fiscal_storage_number: '9999078900006286',
      fiscal_attribute: '923085333',
      registered_at: wireTime(3),
      created_at: wireTime(5),
      total,
      error: null,
      link: null,
      ...changes,
    };
    this.receipts.unshift(receipt);
    return receipt;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://register');
    if (request.method === 'POST') {
      this.#create(JSON.parse(await text(request)), response);
      return;
    }
    this.requested.push(request.url ?? '');
    const id = pathname.split('/')[3];
    if (id === undefined) this.#list(searchParams, response);
    else this.#get(id, response);
  }

  #create(body: Fields, response: ServerResponse): void {
    this.posted += 1;
    const outcome = this.behaviour.outcomes?.shift() ?? 'answered';
    const receipt = outcome === 'answered' || outcome === 'answer lost' ? this.register(body) : body;
    const { show = asItIs, answer = asItIs } = this.behaviour;
    if (outcome === 'answered') this.#print(response, { data: answer(show(receipt)) });
    else if (outcome === 'refused') this.#print(response, refusal, 422);
    else if (outcome === 'turned away') this.#print(response, refusal, 429);
    else response.destroy();
  }

  #get(id: string, response: ServerResponse): void {
    const { show = asItIs, knows = () => true } = this.behaviour;
    const receipt = this.receipts.map(show).find(({ receipt_id }) => receipt_id === id);
    if (receipt && knows(id)) this.#print(response, { data: receipt });
    else this.#print(response, { error: { message: 'Not found.' } }, 404);
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const { show = asItIs, filter = byPayment, page = { most: 100, hearsOffset: true } } = this.behaviour;
    const requested = query.get('payment_id');
    const rows = this.receipts
      .map(show)
      .filter((receipt) => requested === null || filter(requested, receipt));
    const offset = page.hearsOffset ? Number(query.get('offset')) : 0;
    const limit = Math.min(Number(query.get('limit')), page.most);
    this.#print(response, { data: rows.slice(offset, offset + limit) });
  }

  #print(response: ServerResponse, body: Fields, status = 200): void {
    const { print = (body: string) => body } = this.behaviour;
    response.writeHead(status, { 'content-type': 'application/json' }).end(print(JSON.stringify(body)));
  }
}

/** Returns a time in a zone, `minutesAgo` from now, as the API prints it. */
export function wireTime(offsetHours: number, minutesAgo = 0): string {
  const local = new Date(Date.now() + offsetHours * 3_600_000 - minutesAgo * 60_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(local) ?? [];
  return `${day}.${month}.${year} ${time}`;
}

function asItIs(receipt: Fields): Fields {
  return receipt;
}

function byPayment(requested: string, { payment_id }: Fields): boolean {
  return String(payment_id) === requested;
}
