import {
  type CorrectionOperationType,
  correctionOperationTypes,
  formatSoliqLink,
  type Wallet,
  wallets,
} from '@fiscalkit/schemas';
import type { Chance } from './chance.js';
import type { Shops } from './merchants.js';
import type { ClientRequest, Operation, PlannedRequest } from './operation.js';
import type { PlannedConfirmation, PlannedGround, PlannedLine, PlannedReceipt } from './planned-document.js';
import { correctionBody, receiptBody } from './request-bodies.js';

const walletNames = Object.keys(wallets) as [Wallet, ...Wallet[]];

/** Kinds of corrections of each format. */
const correctionOperations = {
  ru_1_05: ['sell_correction', 'buy_correction'],
  ru_1_2: Object.keys(correctionOperationTypes) as [CorrectionOperationType, ...CorrectionOperationType[]],
} as const satisfies Record<Shops['receiptFormat'], readonly CorrectionOperationType[]>;

type ReceiptChoices = Partial<Omit<PlannedReceipt, 'kind' | 'name'>> & {
  readonly key?: string | null;
  /** Whether the document is intended, though it may equal another of its payment. */
  readonly isMeant?: boolean;
};

type DocumentChoices = Partial<PlannedReceipt> & Pick<PlannedReceipt, 'merchant' | 'paymentId' | 'lines'>;

/** Generator of documents, each with names, keys and payments of its own. */
export class DocumentGenerator {
  readonly chance: Chance;
  readonly #shops: Shops;
  #documents = 0;
  #payments = 0;
  #keys = 0;
  #links = 0;

  constructor(chance: Chance, shops: Shops) {
    this.chance = chance;
    this.#shops = shops;
  }

  /** Returns a new `Idempotency-Key`. */
  ownKey(): string {
    this.#keys += 1;
    return `order ${this.#keys}`;
  }

  receipt(choices: ReceiptChoices = {}): PlannedRequest<PlannedReceipt> {
    const { chance } = this;
    const { isMeant = false, ...choice } = choices;
    // A document that is marked as meant is told apart by its key.
    const { key = chance.happens(0.5) || isMeant ? this.ownKey() : null, ...given } = choice;
    const { lines = this.lines(), paymentId = paymentIdOf(this.#payment(), chance) } = given;
    const document = this.#document({ merchant: this.#merchant(given), ...given, paymentId, lines });
    const body = receiptBody(document, this.#shops.receiptFormat);
    return { document, request: { merchant: document.merchant, path: '/v5/receipts', body, key, isMeant } };
  }

  /** Returns a correction, of no payment unless one is given. */
  correction(choices: ReceiptChoices = {}): PlannedRequest<PlannedReceipt> {
    const { chance } = this;
    const { receiptFormat } = this.#shops;
    const { key = chance.happens(0.5) ? this.ownKey() : null, isMeant = false, ...given } = choices;
    const { lines: written = this.lines(), paymentId = '', ...others } = given;
    // Of FFD 1.05, a register is told the sum alone.
    const lines = receiptFormat === 'ru_1_05' ? [] : written;
    const document = this.#document({
      merchant: this.#merchant(given),
      operation: chance.pick(correctionOperations[receiptFormat]),
      ground: drawGround(chance),
      totalMinor: totalOf(written),
      ...others,
      paymentId,
      lines,
    });
    const body = correctionBody(document, receiptFormat);
    return {
      document,
      request: { merchant: document.merchant, path: '/v5/corrections', body, key, isMeant },
    };
  }

  /** Returns a refund of all of a sale, or of a part of it. */
  refundOf(
    { merchant, paymentId, lines }: PlannedReceipt,
    choices: ReceiptChoices = {},
  ): PlannedRequest<PlannedReceipt> {
    const part = lines.slice(0, 1).map((line) => ({ ...line, priceMinor: Math.ceil(line.priceMinor / 3) }));
    const refunded = this.chance.happens(0.5) ? lines : part;
    // Two refunds may be equal: each is marked as meant, under a key of its own.
    const asTwin = { key: this.ownKey(), isMeant: true };
    return this.receipt({
      ...asTwin,
      merchant,
      paymentId,
      operation: 'sell_refund',
      lines: refunded,
      ...choices,
    });
  }

  /** Returns a refund of these lines of a receipt, as the ledger makes it. */
  derivedRefund(origin: PlannedReceipt, lines = origin.lines): PlannedReceipt {
    const { merchant, paymentId } = origin;
    return this.#document({ merchant, paymentId, lines, operation: 'sell_refund', isDerived: true });
  }

  /** Returns the closing receipt of these lines of a prepayment, as the ledger makes it. */
  derivedClosing(prepaid: PlannedReceipt, lines = prepaid.lines): PlannedReceipt {
    const { merchant, paymentId } = prepaid;
    const settlement = 'prepayment';
    return this.#document({ merchant, paymentId, lines: paidInFull(lines), settlement, isDerived: true });
  }

  /** Returns another sale with the content of this one. */
  twinOf({ merchant, paymentId, lines, settlement }: PlannedReceipt): PlannedRequest<PlannedReceipt> {
    return this.receipt({ merchant, paymentId, lines, settlement, key: this.ownKey(), isMeant: true });
  }

  /** Returns one to three positions with different goods. */
  lines(): [PlannedLine, ...PlannedLine[]] {
    const { chance } = this;
    const first = chance.between(0, goods.length - 1);
    const line = (index: number): PlannedLine => ({
      goods: goods[(first + index) % goods.length] ?? goods[0],
      priceMinor: chance.between(100, 333_333),
      quantity: chance.pick([1, 1, 2, 3]),
      paymentMethod: 'full_payment',
    });
    const others = chance.pick([0, 0, 0, 1, 2]);
    return [line(0), ...Array.from({ length: others }, (_, index) => line(index + 1))];
  }

  /** Returns the id of a new payment: a number that could be written with leading zeros. */
  plainPaymentId(): string {
    return String(this.#payment());
  }

  confirmation(outcome: PlannedConfirmation['outcome'] = 'registered'): PlannedRequest<PlannedConfirmation> {
    const { chance } = this;
    const document: PlannedConfirmation = {
      kind: 'confirmation',
      name: this.#name('confirmation'),
      merchant: chance.pick(this.#shops.merchants),
      paymentId: `wallet-${this.#payment()}`,
      outcome,
      wallet: chance.pick(walletNames),
      link: this.link(),
    };
    const key = chance.happens(0.3) ? this.ownKey() : null;
    return { document, request: this.confirmationRequest(document, key) };
  }

  confirmationRequest(
    {
      merchant,
      wallet,
      paymentId,
      link,
    }: Pick<PlannedConfirmation, 'merchant' | 'wallet' | 'paymentId' | 'link'>,
    key: string | null,
  ): ClientRequest {
    const body = JSON.stringify({ [wallets[wallet].key]: paymentId, qr_code: link });
    return { merchant, path: `/payment/${wallet}_confirm`, body, key, isMeant: false };
  }

  link(): string {
    this.#links += 1;
    return soliqLinkOf(this.#links);
  }

  #document({ lines, ...given }: DocumentChoices): PlannedReceipt {
    return {
      kind: 'receipt',
      name: this.#name('receipt'),
      operation: 'sell',
      outcome: 'registered',
      settlement: 'cashless',
      isHeld: false,
      isDerived: false,
      ground: null,
      totalMinor: totalOf(lines),
      ...given,
      lines,
    };
  }

  #merchant({ outcome }: ReceiptChoices): string {
    const { merchants, rejected } = this.#shops;
    const anyMerchant = this.chance.pick(merchants);
    return outcome === 'rejected' && rejected !== null ? rejected : anyMerchant;
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

function totalOf(lines: readonly PlannedLine[]): number {
  return lines.reduce((total, { priceMinor, quantity }) => total + priceMinor * quantity, 0);
}

/** Returns the operation that submits a document. */
export function accept(planned: PlannedRequest, copies = 1): Operation {
  return { kind: 'accept', ...planned, copies };
}

/** Returns lines of a prepayment as they are when they are delivered. */
export function paidInFull(lines: readonly PlannedLine[]): PlannedLine[] {
  return lines.map((line) => ({ ...line, paymentMethod: 'full_payment' }));
}

/** Returns the link of the n-th receipt of a cash register in Uzbekistan. */
function soliqLinkOf(number: number): string {
  return formatSoliqLink({
    path: 'check',
    mark: {
      country: 'uz',
      terminal_id: 'UZ170703100597',
      receipt_number: String(number),
      fiscal_sign: String(number).padStart(12, '0'),
      registered_at: '2026-01-04T12:18:01+05:00',
    },
  });
}

/** Returns a payment id: mostly a plain number, else with leading zeros, beyond 2^53, or a text. */
function paymentIdOf(number: number, chance: Chance): string {
  const shape = chance.weighted([
    { weight: 6, choice: (plain: number) => String(plain) },
    { weight: 2, choice: withZeros },
    { weight: 2, choice: (plain: number) => `90071992547${plain}` },
    { weight: 1, choice: (plain: number) => `order-${plain}` },
  ]);
  return shape(number);
}

/** Returns another spelling of the same number. */
export function withZeros(number: number | string): string {
  return `00${number}`;
}

/** Names that registers rewrite: not in CP866, with ё, escaped in HTML, or beyond 32 characters. */
const goods = [
  'Чай чёрный, 100 г',
  'Кофе в зёрнах «Арабика», 250 г',
  'Book “Receipts” & more',
  'Сахар 1 кг',
  'Торт «Прага» — 1 кг',
  'Сыр полутвёрдый <Костромской> "Особый", весовой',
  'Oʻzbek non 🍞',
  'Подарочная карта номиналом 1000 ₽ в электронной форме',
] as const;

/** Names of different goods that a cash register may write the same way. */
export const goodsAlike: readonly [GoodsAlike, ...GoodsAlike[]] = [
  ['Мёд «Липа»', 'Мед "Липа"'],
  ['Сахар-песок', 'САХАР-ПЕСОК'],
  ['Чай «Ёлка»', 'чай «елка»'],
  ['Хлеб & соль', 'Хлеб &amp; соль'],
];

type GoodsAlike = readonly [string, string];

/** Draws the ground of a correction: its own, or an order of the tax office, which has a number. */
function drawGround(chance: Chance): PlannedGround {
  const base_date = `2026-01-${String(chance.between(10, 28))}`;
  if (chance.happens(0.7)) return { type: 'self', base_date };
  return { type: 'instruction', base_date, base_number: `${chance.between(1, 99)}-4/А` };
}
