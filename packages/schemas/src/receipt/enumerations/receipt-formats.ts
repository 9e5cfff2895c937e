/** Receipt formats: FFD 1.05 and FFD 1.2 in Russia, and the Uzbek receipt. */
export const receiptFormats = ['ru_1_05', 'ru_1_2', 'uz_1_0'] as const;

export type ReceiptFormat = (typeof receiptFormats)[number];
