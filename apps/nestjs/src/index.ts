export type {
  CloseReceipt,
  DailyReport,
  DerivedReceipts,
  ExportedReceipt,
  FeedEvent,
  FeedItem,
  FeedPage,
  FeedPlace,
  FiscalEvent,
  FiscalEventKind,
  ImportReceipt,
  PaymentRecord,
  ReconciliationFinding,
  ReconciliationReport,
  RefundReceipt,
} from '@fiscalkit/ledger';
export type { PlainStatement, TransactionClient } from '@fiscalkit/ledger/postgres';
export {
  type ClosingPosition,
  type CorrectionInput,
  type CorrectionObject,
  type FiscalCorrection,
  FiscalError,
  type FiscalReceipt,
  isFiscalError,
  type MarkedCorrectionInput,
  type MarkedReceiptInput,
  type ReceiptInput,
  type ReceiptObject,
  type ReceiptOrigin,
  type RefundPosition,
  type RussianCorrectionInput,
  type RussianReceiptInput,
  type SettlementInput,
  type UzbekReceiptInput,
  uncheckedCorrection,
  uncheckedReceipt,
} from '@fiscalkit/schemas';
export { OnFiscalEvent, type OnFiscalEventOptions } from './events/on-fiscal-event.decorator.js';
export { callbackController } from './http/callback-controller.js';
export { FiscalExceptionFilter, httpStatusOf } from './http/fiscal-exception.filter.js';
export { FiscalModule } from './module/fiscal.module.js';
export type {
  FiscalModuleOptions,
  FiscalOptionsFactory,
  MerchantOptions,
  ProviderSource,
} from './module/fiscal-module-options.js';
export { getFiscalServiceToken, InjectFiscal } from './module/inject-fiscal.decorator.js';
export type { AcceptedReceipt, AcceptReceiptStatement } from './service/accepted-receipt.js';
export { FiscalService } from './service/fiscal.service.js';
export type { FiscalCallbacks } from './service/fiscal-callbacks.js';
export type { FiscalCorrections } from './service/fiscal-corrections.js';
export type { FiscalEntries } from './service/fiscal-entries.js';
export type { FiscalEvents } from './service/fiscal-events.js';
export type { FiscalInterventions } from './service/fiscal-interventions.js';
export type { FiscalPayments } from './service/fiscal-payments.js';
export type { FiscalReceipts } from './service/fiscal-receipts.js';
export type { FiscalReports } from './service/fiscal-reports.js';
export type { ForMerchant } from './service/request-context.js';
export { postgres } from './store/postgres.js';
export { sqlite } from './store/sqlite.js';
export type { StoreSource } from './store/store-source.js';
