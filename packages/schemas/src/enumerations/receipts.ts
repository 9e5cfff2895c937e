/** Operations that a receipt records, with their value of tag 1054. Corrections are documents of their own. */
export const operationTypes = { sell: 1, sell_refund: 2, buy: 3, buy_refund: 4 } as const;

export type OperationType = keyof typeof operationTypes;

/** Operations that a correction in FFD 1.05 corrects, with their value of tag 1054. */
export const plainCorrectionOperationTypes = { sell_correction: 1, buy_correction: 3 } as const;

/** Operations that a correction corrects, with their value of tag 1054; refunds in FFD 1.2 only. */
export const correctionOperationTypes = {
  sell_correction: 1,
  sell_refund_correction: 2,
  buy_correction: 3,
  buy_refund_correction: 4,
} as const;

export type CorrectionOperationType = keyof typeof correctionOperationTypes;

/** Grounds of a correction, with their value of tag 1173, under the names of ATOL and KOMTET. */
export const correctionTypes = { self: 0, instruction: 1 } as const;

export type CorrectionType = keyof typeof correctionTypes;

/** Forming of the receipt: apart from the payment or together with it. */
export const receiptMethods = ['separately', 'together'] as const;

export type ReceiptMethod = (typeof receiptMethods)[number];

/** Progress of a receipt. The word for failure is ours: the provider's page has none. */
export const receiptStatuses = ['pending', 'registered', 'rejected'] as const;

export type ReceiptStatus = (typeof receiptStatuses)[number];

/**
 * Kinds of settlement, with the tag that sums each. `cashless` is the provider's word, `prepayment`,
 * `postpayment` and `consideration` are YooKassa's, `cash` is ours.
 */
export const settlementTypes = {
  cash: 1031,
  cashless: 1081,
  prepayment: 1215,
  postpayment: 1216,
  consideration: 1217,
} as const;

export type SettlementType = keyof typeof settlementTypes;

/** Russian tax systems, with their bit of tag 1055; `envd` was abolished in 2021. */
export const taxSystems = {
  osn: 1,
  usn_income: 2,
  usn_income_outcome: 4,
  envd: 8,
  esn: 16,
  patent: 32,
} as const;

export type TaxSystem = keyof typeof taxSystems;
