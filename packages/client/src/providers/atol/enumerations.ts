import {
  type AgentType,
  type CorrectionOperationType,
  type CorrectionType,
  type Measure,
  measures,
  type OperationType,
  type PaymentMethod,
  type PaymentObject,
  paymentObjects,
  type SettlementType,
  type TaxSystem,
  type VatCode,
} from '@fiscalkit/schemas';

/** Last part of the path that registers a receipt of an operation (tag 1054). */
export const operations = {
  sell: 'sell',
  sell_refund: 'sell_refund',
  buy: 'buy',
  buy_refund: 'buy_refund',
} as const satisfies Record<OperationType, string>;

/** Last part of the path that registers a correction; v4 has none of refunds. */
export const correctionOperations = {
  sell_correction: 'sell_correction',
  sell_refund_correction: 'sell_refund_correction',
  buy_correction: 'buy_correction',
  buy_refund_correction: 'buy_refund_correction',
} as const satisfies Record<CorrectionOperationType, string>;

export type AtolOperation =
  | (typeof operations)[OperationType]
  | (typeof correctionOperations)[CorrectionOperationType];

/** Grounds of a correction (tag 1173). */
export const correctionInfoTypes = {
  self: 'self',
  instruction: 'instruction',
} as const satisfies Record<CorrectionType, string>;

/** Tax systems (tag 1055). */
export const taxSystems = {
  osn: 'osn',
  usn_income: 'usn_income',
  usn_income_outcome: 'usn_income_outcome',
  envd: 'envd',
  esn: 'esn',
  patent: 'patent',
} as const satisfies Record<TaxSystem, string>;

/** VAT rates (tag 1199); `null` for those that Russia does not have. */
export const vatTypes = {
  none: 'none',
  vat_0: 'vat0',
  vat_5: 'vat5',
  vat_7: 'vat7',
  vat_10: 'vat10',
  vat_20: 'vat20',
  vat_22: 'vat22',
  vat_105: 'vat105',
  vat_107: 'vat107',
  vat_110: 'vat110',
  vat_120: 'vat120',
  vat_122: 'vat122',
  vat_6: null,
  vat_12: null,
  vat_112: null,
} as const satisfies Record<VatCode, string | null>;

/** Ways in which a position is paid for (tag 1214); the default of v4 would be `full_prepayment`. */
export const atolPaymentMethods = {
  full_prepayment: 'full_prepayment',
  partial_prepayment: 'prepayment',
  advance: 'advance',
  full_payment: 'full_payment',
  partial_payment: 'partial_payment',
  credit: 'credit',
  credit_payment: 'credit_payment',
} as const satisfies Record<PaymentMethod, string>;

/** Kinds of settlement: `payments.type` (tags 1031, 1081, 1215, 1216, 1217). */
export const paymentTypes = {
  cash: 0,
  cashless: 1,
  prepayment: 2,
  postpayment: 3,
  consideration: 4,
} as const satisfies Record<SettlementType, number>;

/** Kinds of agent (tag 1222). */
export const atolAgentTypes = {
  banking_payment_agent: 'bank_paying_agent',
  banking_payment_subagent: 'bank_paying_subagent',
  payment_agent: 'paying_agent',
  payment_subagent: 'paying_subagent',
  attorney: 'attorney',
  commissioner: 'commission_agent',
  agent: 'another',
} as const satisfies Record<AgentType, string>;

/** What is sold (tag 1212) in v4, by its text; `null` for what FFD 1.05 or ATOL does not have. */
export const paymentObjectTexts = {
  goods: 'commodity',
  excise_goods: 'excise',
  job: 'job',
  service: 'service',
  gambling_bet: 'gambling_bet',
  gambling_win: 'gambling_prize',
  lottery_ticket: 'lottery',
  lottery_win: 'lottery_prize',
  intellectual_activity: 'intellectual_activity',
  payment: 'payment',
  agent_commission: 'agent_commission',
  payout: 'award',
  another_subject: 'another',
  property_right: 'property_right',
  non_operating_income: 'non-operating_gain',
  insurance_contributions: 'insurance_premium',
  trade_collection: 'sales_tax',
  resort_collection: 'resort_fee',
  pledge: 'deposit',
  expense: 'expense',
  pension_insurance_ip: 'pension_insurance_ip',
  pension_insurance: 'pension_insurance',
  health_insurance_ip: 'medical_insurance_ip',
  health_insurance: 'medical_insurance',
  social_insurance: 'social_insurance',
  casino: 'casino_payment',
  insurance_collection: null,
  non_marked_excise: null,
  marked_excise: null,
  non_marked: null,
  marked: null,
} as const satisfies Record<PaymentObject, string | null>;

/** What is sold (tag 1212) in v5, by the value of its tag. */
export const paymentObjectNumbers: Readonly<Record<PaymentObject, number>> = paymentObjects;

/** Unit of a quantity (tag 2108) in v5, by the value of its tag. */
export const measureNumbers: Readonly<Record<Measure, number>> = measures;
