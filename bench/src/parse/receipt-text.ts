import { sale } from '../receipts/sale.js';

/** A sale of so many positions as it comes over the wire, two by two those of the usual sale. */
export function receiptText(positionCount: number): string {
  const { positions, settlements, ...rest } = sale(764_239_789);
  const pairs = positionCount / positions.length;
  const document = {
    ...rest,
    positions: Array.from({ length: pairs }, () => positions).flat(),
    settlements: settlements.map(({ type, sum }) => ({ type, sum: sum * pairs })),
  };
  return JSON.stringify(document);
}
