/** Whether the receipt is formed with the payment or apart from it. */
export const receiptMethods = ['separately', 'together'] as const;

export type ReceiptMethod = (typeof receiptMethods)[number];
