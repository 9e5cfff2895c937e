import { askForReceipt } from '@fiscalkit/testing';
import { withClient } from '../../postgres.js';
import { startGateway, unreachableUrl } from '../../programs.js';

/** Makes ledgers with so many receipts waiting in each, every one a database of its own. */
export class WaitingLedgers {
  readonly #connectionString: string;
  readonly #originals = new Map<number, string>();
  #copies = 0;

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  /** Makes one more ledger, and returns its URL. The receipts are accepted once, and then copied. */
  async make(receipts: number): Promise<string> {
    const original = this.#originals.get(receipts) ?? (await this.#accept(receipts));
    this.#copies += 1;
    return this.#create(`ledger_${this.#copies}`, original);
  }

  async #accept(receipts: number): Promise<string> {
    const original = `waiting_${receipts}`;
    await acceptInAdvance(await this.#create(original, 'template1'), receipts);
    this.#originals.set(receipts, original);
    return original;
  }

  async #create(name: string, template: string): Promise<string> {
    await withClient(this.#connectionString, (client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`),
    );
    return new URL(name, this.#connectionString).href;
  }
}

const clients = 32;

/** Accepts receipts of so many payments, through a gateway that delivers nothing. */
async function acceptInAdvance(ledgerUrl: string, receipts: number): Promise<void> {
  const gateway = await startGateway({ role: 'api', ledgerUrl, providerUrl: unreachableUrl });
  let payment = 0;
  const client = async () => {
    while (payment < receipts) await askForReceipt(gateway.url, ++payment);
  };
  await Promise.all(Array.from({ length: clients }, client));
  await gateway.stop();
}
