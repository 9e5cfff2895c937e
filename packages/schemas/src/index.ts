export { type Confirmation, checkConfirmation } from './confirmations/check-confirmation.js';
export { type ConfirmationData, confirmationDataSchemas } from './confirmations/confirmation-data-schemas.js';
export { confirmationSchemas } from './confirmations/confirmation-schemas.js';
export { type Wallet, wallets } from './confirmations/wallets.js';
export { type Country, countryOf, type ReceiptFormat, receiptFormats } from './enumerations/countries.js';
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
export { canonicalJson } from './json/canonical-json.js';
export { type JsonFlaw, readStrictJson, type StrictJson } from './json/strict-json.js';
export { canonicalSoliqLink } from './links/canonical-soliq-link.js';
export type { FiscalMark, RussianFiscalMark, UzbekFiscalMark } from './links/fiscal-mark.js';
export { parseReceiptLink } from './links/parse-receipt-link.js';
export { type ReadReceiptLink, readReceiptLink } from './links/read-receipt-link.js';
export type { LinkNumbers, ReceiptOperator } from './links/receipt-operators.js';
export { formatRussianLink, formatRussianQr, parseRussianLink } from './links/russian-link.js';
export type { RussianHost, RussianReceiptLink } from './links/russian-receipt.js';
export { formatSoliqLink, parseSoliqLink, type UzbekReceiptLink } from './links/soliq-link.js';
export { amountToNumber, formatAmount, multiplyAmount, parseAmount } from './money/amount.js';
export { parseQuantity, quantityToNumber } from './money/quantity.js';
export { type ProviderReceipt, providerReceiptSchema } from './provider-receipt/provider-receipt-schema.js';
export { readProviderReceipt } from './provider-receipt/read-provider-receipt.js';
export {
  checkReceiptListQuery,
  type ReceiptListQuery,
  receiptListQuerySchema,
} from './query/receipt-list-query.js';
export { calculateReceipt } from './receipt/calculate-receipt.js';
export { type CheckedReceipt, type CheckReceiptOptions, checkReceipt } from './receipt/check-receipt.js';
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
  type NormalisedDocument,
  normaliseReceipt,
  type ReceiptDefaults,
} from './receipt/normalise-receipt.js';
export type { Receipt, ReceiptPosition } from './receipt/receipt.js';
export type { PositionDraft, ReceiptDraft } from './receipt/receipt-draft.js';
export {
  type ReceiptCircumstances,
  type ReceiptError,
  type ReceiptObject,
  receiptObject,
} from './receipt/receipt-object.js';
export { type ReceiptInput, receiptSchema } from './receipt/receipt-schema.js';
export { validateReceipt } from './receipt/validate-receipt.js';
export type { ValidationContext } from './receipt/validation/validation-context.js';
export type { Rule } from './rules/catalogue/rule.js';
export { type RuleCode, ruleOf, rules } from './rules/rules.js';
export { isAbsentMember, readingAbsent, type WithAbsent } from './schema/absent-members.js';
export { faultsOfZod, queryFaults } from './schema/faults-of-zod.js';
export { isIkpu, isInn, isPinfl, isTin } from './tax-ids.js';
export { formatOffsetTime, registerOffsetHours } from './time/register-time.js';
export { defaultUtcOffsetHours, formatWireTime, parseWireTime } from './time/wire-time.js';
export { type VatTotal, vatIncluded, vatTotals } from './vat/vat.js';
export { type VatRate, vatRateOf, vatRates } from './vat/vat-rates.js';
