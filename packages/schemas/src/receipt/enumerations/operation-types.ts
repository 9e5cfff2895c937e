/** What a receipt records, with its value of tag 1054. Correction receipts are not offered: no provider's page describes them. */
export const operationTypes = { sell: 1, sell_refund: 2, buy: 3, buy_refund: 4 } as const;

export type OperationType = keyof typeof operationTypes;
