/** What the shop sells: prices with VAT in so'm, and the codes of the Uzbek product catalogue. */
const catalogue = {
  tea: { name: 'Choy', price: '25000.00', ikpu_code: '10999001001000000', package_code: '1520627' },
  cup: { name: 'Piyola', price: '18500.50', ikpu_code: '10999001002000000', package_code: '1520628' },
} as const;

export type Item = keyof typeof catalogue;

export function isItem(value: unknown): value is Item {
  return typeof value === 'string' && Object.hasOwn(catalogue, value);
}

/** A line of an order, as its receipt says it. */
export interface Position {
  readonly name: string;
  readonly price: string;
  readonly quantity: number;
  readonly ikpu_code: string;
  readonly package_code: string;
}

/** The item at today's price. */
export function positionOf(item: Item, quantity: number): Position {
  return { ...catalogue[item], quantity };
}
