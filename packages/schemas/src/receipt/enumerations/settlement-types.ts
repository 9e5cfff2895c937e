/**
 * Kinds of settlement, with the tag that sums each. `cashless` is the provider's word, `prepayment`, `postpayment` and
 * `consideration` are YooKassa's, `cash` is ours.
 */
export const settlementTypes = {
  cash: 1031,
  cashless: 1081,
  prepayment: 1215,
  postpayment: 1216,
  consideration: 1217,
} as const;

export type SettlementType = keyof typeof settlementTypes;
