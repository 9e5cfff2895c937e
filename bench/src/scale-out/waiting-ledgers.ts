import { withClient } from '../postgres/with-client.js';
import { acceptInAdvance } from './accept-in-advance.js';

/** Makes ledgers with so many receipts waiting in each, every one a database of its own. */
export class WaitingLedgers {
  readonly #connectionString: string;
  readonly #originals = new Map<number, string>();
  #copies = 0;

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  /** Makes one more ledger; answers its address. The receipts are accepted once, and then copied. */
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
