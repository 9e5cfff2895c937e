import { type Wallet, wallets } from '@fiscalkit/schemas';
import type { Chance } from './chance.js';
import { merchants } from './merchants.js';
import type { PlannedConfirmation, PlannedReceipt } from './planned-document.js';
import { receiptBody } from './receipt-body.js';
import { soliqLinkOf } from './soliq-link.js';
import type { Ask, StoryStep } from './story.js';

const goods = ['Чай чёрный, 100 г', 'Кофе в зёрнах, 250 г', 'Book “Receipts” & more', 'Сахар 1 кг'] as const;
const walletNames = Object.keys(wallets) as [Wallet, ...Wallet[]];

/** A document with the request that hands it in. */
export interface Written<Document> {
  readonly document: Document;
  readonly ask: Ask;
}

type ReceiptChoices = Partial<
  Pick<PlannedReceipt, 'operation' | 'outcome' | 'totalMinor' | 'paymentId' | 'merchant'>
> & {
  readonly key?: string | null;
};

/** Writes documents that nobody has written before. */
export class Pen {
  readonly chance: Chance;
  #documents = 0;
  #payments = 0;
  #keys = 0;
  #links = 0;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** A key of the client's own. */
  ownKey(): string {
    this.#keys += 1;
    return `order ${this.#keys}`;
  }

  receipt(choices: ReceiptChoices = {}): Written<PlannedReceipt> {
    const { chance } = this;
    const { key = chance.happens(0.5) ? this.ownKey() : null, ...given } = choices;
    const document: PlannedReceipt = {
      kind: 'receipt',
      name: this.#name('receipt'),
      merchant: chance.pick(merchants).id,
      paymentId: String(given.paymentId ?? this.#payment()),
      operation: 'sell',
      outcome: 'registered',
      totalMinor: chance.between(100, 999_999),
      ...given,
    };
    const body = receiptBody(document, chance.pick(goods));
    return { document, ask: { merchant: document.merchant, path: '/v5/receipts', body, key } };
  }

  confirmation(outcome: PlannedConfirmation['outcome'] = 'registered'): Written<PlannedConfirmation> {
    const { chance } = this;
    const document: PlannedConfirmation = {
      kind: 'confirmation',
      name: this.#name('confirmation'),
      merchant: chance.pick(merchants).id,
      paymentId: `wallet-${this.#payment()}`,
      outcome,
      wallet: chance.pick(walletNames),
      link: this.link(),
    };
    const key = chance.happens(0.3) ? this.ownKey() : null;
    return { document, ask: this.confirmationAsk(document, key) };
  }

  confirmationAsk(
    {
      merchant,
      wallet,
      paymentId,
      link,
    }: Pick<PlannedConfirmation, 'merchant' | 'wallet' | 'paymentId' | 'link'>,
    key: string | null,
  ): Ask {
    const body = JSON.stringify({ [wallets[wallet].key]: paymentId, qr_code: link });
    return { merchant, path: `/payment/${wallet}_confirm`, body, key };
  }

  link(): string {
    this.#links += 1;
    return soliqLinkOf(this.#links);
  }

  #payment(): number {
    this.#payments += 1;
    return 764_000_000 + this.#payments;
  }

  #name(kind: string): string {
    this.#documents += 1;
    return `${kind}-${this.#documents}`;
  }
}

/** The step that hands a document in. */
export function handIn(written: Written<PlannedReceipt | PlannedConfirmation>, copies = 1): StoryStep {
  return { kind: 'hand-in', ...written, copies };
}
