import {
  type AgentType,
  agentTypes,
  type CorrectionOperationType,
  type CorrectionType,
  correctionOperationTypes,
  correctionTypes,
  type Measure,
  measures,
  type OperationType,
  operationTypes,
  type PaymentMethod,
  type PaymentObject,
  paymentMethods,
  paymentObjects,
  type SettlementType,
  type TaxSystem,
  type VatCode,
} from '@fiscalkit/schemas';

/** Operations (tag 1054): `content.type`. */
export const types: Readonly<Record<OperationType, number>> = operationTypes;

/** Operations of corrections (tag 1054): `content.type`; FFD 1.05 has none of refunds. */
export const correctedTypes: Readonly<Record<CorrectionOperationType, number>> = correctionOperationTypes;

/** Grounds of a correction (tag 1173): `correctionType`. */
export const grounds: Readonly<Record<CorrectionType, number>> = correctionTypes;

/** VAT rates (tag 1199): `tax`; `null` for those that Russia does not have. 20 and 22 per cent share a number. */
export const taxes = {
  vat_20: 1,
  vat_22: 1,
  vat_10: 2,
  vat_120: 3,
  vat_122: 3,
  vat_110: 4,
  vat_0: 5,
  none: 6,
  vat_5: 7,
  vat_7: 8,
  vat_105: 9,
  vat_107: 10,
  vat_6: null,
  vat_12: null,
  vat_112: null,
} as const satisfies Record<VatCode, number | null>;

/** Rates of which a whole document says by `useTax20` which ones it has; `null` for those with one meaning. */
export const isOfTwenty: Readonly<Partial<Record<VatCode, boolean>>> = {
  vat_20: true,
  vat_120: true,
  vat_22: false,
  vat_122: false,
};

/**
 * Sums of a correction in FFD 1.05 by rate (tags 1102 to 1107 and later), whose numbers are not those of `tax`.
 * A sum has no flag for 20 per cent.
 */
export const taxSums = {
  vat_22: 'tax1Sum',
  vat_10: 'tax2Sum',
  vat_0: 'tax3Sum',
  none: 'tax4Sum',
  vat_122: 'tax5Sum',
  vat_110: 'tax6Sum',
  vat_5: 'tax7Sum',
  vat_7: 'tax8Sum',
  vat_105: 'tax9Sum',
  vat_107: 'tax10Sum',
  vat_20: null,
  vat_120: null,
  vat_6: null,
  vat_12: null,
  vat_112: null,
} as const satisfies Record<VatCode, string | null>;

/** Tax systems (tag 1055), by index and not by bit: `taxationSystem`. */
export const taxationSystems = {
  osn: 0,
  usn_income: 1,
  usn_income_outcome: 2,
  envd: 3,
  esn: 4,
  patent: 5,
} as const satisfies Record<TaxSystem, number>;

/** Kinds of settlement (tags 1031, 1081, 1215, 1216, 1217): `payments.type`. */
export const paymentTypes = {
  cash: 1,
  cashless: 2,
  prepayment: 14,
  postpayment: 15,
  consideration: 16,
} as const satisfies Record<SettlementType, number>;

/** The same as sums of a correction in FFD 1.05. */
export const paymentSums = {
  cash: 'cashSum',
  cashless: 'eCashSum',
  prepayment: 'prepaymentSum',
  postpayment: 'postpaymentSum',
  consideration: 'otherPaymentTypeSum',
} as const satisfies Record<SettlementType, string>;

/** Ways in which a position is paid for (tag 1214): `paymentMethodType`. */
export const methodTypes: Readonly<Record<PaymentMethod, number>> = paymentMethods;

/** What is sold (tag 1212) in FFD 1.2: `paymentSubjectType`. */
export const subjectTypes: Readonly<Record<PaymentObject, number>> = paymentObjects;

const lastOfPlain = 26;

/** The same in FFD 1.05, which ends at 26; `null` for what it does not have. */
export const plainSubjectTypes = Object.fromEntries(
  Object.entries(paymentObjects).map(([name, number]) => [name, number <= lastOfPlain ? number : null]),
) as Readonly<Record<PaymentObject, number | null>>;

/** Kinds of agent (tag 1222), by their bit: `agentType`. */
export const agentBits: Readonly<Record<AgentType, number>> = agentTypes;

/** Unit of a quantity (tag 2108) in FFD 1.2: `quantityMeasurementUnit`. */
export const measureNumbers: Readonly<Record<Measure, number>> = measures;
