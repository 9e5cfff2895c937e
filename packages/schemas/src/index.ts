export {
  type Confirmation,
  checkConfirmation,
  confirmationSchemas,
} from './confirmations/confirmation.js';
export {
  type ConfirmationData,
  confirmationDataSchemas,
  type Wallet,
  wallets,
} from './confirmations/wallets.js';
export {
  type CheckCorrectionOptions,
  type CheckedCorrection,
  checkCorrection,
} from './correction/check-correction.js';
export {
  type Correction,
  type CorrectionFormat,
  type FiscalCorrection,
  type MarkedCorrection,
  type MarkedCorrectionInput,
  type PlainCorrection,
  type RussianCorrectionInput,
  uncheckedCorrection,
} from './correction/correction.js';
export {
  type CorrectionCircumstances,
  type CorrectionObject,
  correctionObject,
} from './correction/correction-object.js';
export { type CorrectionInput, correctionSchema } from './correction/correction-schema.js';
export {
  type AllocatedDiscount,
  allocateDiscount,
  type DiscountedPosition,
} from './discount/allocate-discount.js';
export { type Country, countryOf, type ReceiptFormat, receiptFormats } from './enumerations/countries.js';
export { type FiscalEventKind, fiscalEventKinds } from './enumerations/events.js';
export {
  type AgentType,
  agentTypes,
  type Measure,
  measures,
  type PaymentMethod,
  type PaymentObject,
  paymentMethods,
  paymentObjects,
  takenPaymentObjects,
} from './enumerations/positions.js';
export {
  type CorrectionOperationType,
  type CorrectionType,
  correctionOperationTypes,
  correctionTypes,
  type OperationType,
  operationTypes,
  type ReceiptMethod,
  type ReceiptStatus,
  receiptMethods,
  receiptStatuses,
  type SettlementType,
  settlementTypes,
  type TaxSystem,
  taxSystems,
} from './enumerations/receipts.js';
export { type VatCode, vatCodes } from './enumerations/vat-codes.js';
export {
  type FiscalBoxEnvelope,
  type FiscalBoxError,
  type FiscalBoxFailure,
  type FiscalBoxSuccess,
  fiscalBoxEnvelopeSchema,
  fiscalBoxFailure,
  fiscalBoxSuccess,
} from './envelopes/fiscal-box-envelope.js';
export {
  type DataEnvelope,
  type EnvelopedError,
  type ErrorEnvelope,
  errorEnvelope,
} from './envelopes/receipts-api-envelope.js';
export { errorsByPath, type Fault } from './errors/fault.js';
export {
  type ExistingReceipt,
  FiscalError,
  type FiscalErrorFields,
  isFiscalError,
} from './errors/fiscal-error.js';
export { repeatsKey } from './json/ambiguity.js';
export { canonicalJson } from './json/canonical-json.js';
export { type JsonFlaw, readStrictJson, type StrictJson } from './json/strict-json.js';
export type { FiscalMark, RussianFiscalMark, UzbekFiscalMark } from './links/fiscal-mark.js';
export { parseReceiptLink, type ReadReceiptLink, readReceiptLink } from './links/receipt-link.js';
export type { LinkNumbers, ReceiptOperator } from './links/receipt-operators.js';
export {
  formatRussianLink,
  formatRussianQr,
  parseRussianLink,
  type RussianHost,
  type RussianReceiptLink,
} from './links/russian-link.js';
export {
  canonicalSoliqLink,
  formatSoliqLink,
  parseSoliqLink,
  type UzbekReceiptLink,
} from './links/soliq-link.js';
export { amountToNumber, formatAmount, multiplyAmount, parseAmount } from './money/amount.js';
export { parseQuantity, quantityToNumber } from './money/quantity.js';
export { type ClosingOptions, closingOf } from './origin/closing-of.js';
export { type ClosingRequest, checkClosingRequest } from './origin/closing-request.js';
export type { ClosingPosition } from './origin/delivered-items.js';
export {
  countedSettlements,
  type DerivedReceipt,
  type DeriveOptions,
  type SettlementInput,
} from './origin/derive-receipt.js';
export { checkImportRequest, type ImportRequest } from './origin/import-request.js';
export type { PositionLine } from './origin/position-lines.js';
export { type RefundOptions, type RefundPosition, refundOf } from './origin/refund-of.js';
export { checkRefundRequest, type RefundRequest } from './origin/refund-request.js';
export {
  type Closing,
  type RefundOfOrigin,
  type RefundsByOrigin,
  type RefundsByOriginOptions,
  refundsByOrigin,
} from './origin/refunds-by-origin.js';
export {
  exceeds,
  type Left,
  type LeftPosition,
  leftOf,
  type Taken,
  type TakenPosition,
  type TakenSettlement,
} from './origin/taken.js';
export { type TakenByHand, takenBy } from './origin/taken-by.js';
export {
  type CorrectionListQuery,
  checkCorrectionListQuery,
  checkReceiptListQuery,
  type ReceiptListQuery,
  receiptListQuerySchema,
} from './query/receipt-list-query.js';
export type { Company } from './receipt/company.js';
export {
  type FiscalReceipt,
  type MarkedPositionInput,
  type MarkedReceiptInput,
  type RussianPositionInput,
  type RussianReceiptInput,
  type UzbekPositionInput,
  type UzbekReceiptInput,
  uncheckedReceipt,
} from './receipt/fiscal-receipt.js';
export {
  type ProviderReceipt,
  providerReceiptSchema,
  readProviderReceipt,
} from './receipt/provider-receipt.js';
export type { PositionDraft, Receipt, ReceiptDraft, ReceiptPosition } from './receipt/receipt.js';
export {
  fiscalNumbersOf,
  type OriginRelation,
  type ReceiptCircumstances,
  type ReceiptError,
  type ReceiptObject,
  type ReceiptOrigin,
  receiptObject,
} from './receipt/receipt-object.js';
export { type ReceiptInput, receiptSchema } from './receipt/receipt-schema.js';
export type { Rule } from './rules/catalogue/rule.js';
export { faultOf, type RuleCode, ruleOf, rules } from './rules/rules.js';
export { isAbsentMember, readingAbsent, type WithAbsent } from './schema/absent-members.js';
export { faultsOfZod, queryFaults } from './schema/faults-of-zod.js';
export { isIkpu, isInn, isPinfl, isTin } from './tax-ids.js';
export { formatOffsetTime, registerOffsetHours } from './time/register-time.js';
export { defaultUtcOffsetHours, formatWireTime, parseWireTime } from './time/wire-time.js';
export { calculateReceipt } from './validation/calculate-receipt.js';
export { type CheckedReceipt, type CheckReceiptOptions, checkReceipt } from './validation/check-receipt.js';
export {
  type NormalisedDocument,
  normaliseReceipt,
  type ReceiptDefaults,
} from './validation/normalise-receipt.js';
export type { ValidationContext } from './validation/receipt-rule.js';
export { validateReceipt } from './validation/validate-receipt.js';
export { type VatTotal, vatIncluded, vatTotals } from './vat/vat.js';
export { type VatRate, vatRateOf, vatRates } from './vat/vat-rates.js';
