/** How far a receipt has come. The word for failure is ours: the provider's page prints none. */
export const receiptStatuses = ['pending', 'registered', 'rejected'] as const;

export type ReceiptStatus = (typeof receiptStatuses)[number];
