import { signDetached } from '@fiscalkit/client/jws';
import { Agent, request } from 'undici';
import { type SandboxMerchant, sampleMerchant } from './merchant.js';
import { Reply } from './reply.fixture.js';

/** A request of a test. */
export interface Sending {
  readonly method?: string;
  /** Path with its query. */
  readonly target: string;
  readonly document?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** HTTP client that signs as a merchant, with connections of its own. */
export class Shop implements AsyncDisposable {
  readonly #agent = new Agent();
  readonly #url: string;
  readonly #merchant: SandboxMerchant;

  constructor(url: string, merchant: SandboxMerchant = sampleMerchant) {
    this.#url = url;
    this.#merchant = merchant;
  }

  /** Sends a request without a signature. */
  async send({ method, target, document, headers }: Sending): Promise<Reply> {
    const body = document === undefined ? null : JSON.stringify(document);
    const reply = await request(this.#url + target, {
      dispatcher: this.#agent,
      method: (method ?? (body === null ? 'GET' : 'POST')) as 'GET',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return new Reply(reply.statusCode, reply.headers, await reply.body.text());
  }

  /** Sends a request with the signature of the merchant. */
  sign(sending: Sending): Promise<Reply> {
    return this.send({ ...sending, headers: { 'x-jws-signature': this.signature(sending) } });
  }

  /** Returns the merchant's signature of a request. */
  signature({ method, target, document }: Sending): string {
    return signDetached({
      body: Buffer.from(document === undefined ? '' : JSON.stringify(document)),
      path: target.split('?')[0] ?? target,
      method: method ?? (document === undefined ? 'GET' : 'POST'),
      merchantId: this.#merchant.id,
      secretKey: this.#merchant.secretKey,
    });
  }

  /** Registers a receipt. */
  create(document: unknown): Promise<Reply> {
    return this.sign({ target: '/v5/receipts', document });
  }

  /** Confirms an Anor payment. */
  confirmAnor(transactionId: string, qrCode = soliqLink): Promise<Reply> {
    const document = { transaction_id: transactionId, qr_code: qrCode };
    return this.send({ target: '/payment/anor_confirm', document });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Receipt link of the provider's documentation. */
export const soliqLink = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';

/** A Russian receipt of 200.00. */
export const russianReceipt = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      price: 50,
      name: 'Товар №1',
      quantity: 2,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
    {
      price: 100,
      name: 'Товар №2',
      quantity: 1,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 200 }],
};

/** An Uzbek receipt of 1000.00. */
export const uzbekReceipt = {
  receipt_format: 'uz_1_0',
  merchant_id: 542088,
  payment_id: 'uz-1',
  operation_type: 'sell',
  company: { inn: '123456789' },
  positions: [
    {
      name: 'Choy',
      quantity: 1,
      price: 1000,
      vat_code: 'vat_12',
      payment_method: 'full_payment',
      ikpu_code: '10999001001000000',
      package_code: '1520627',
    },
  ],
  settlements: [{ type: 'cashless', sum: 1000 }],
};
