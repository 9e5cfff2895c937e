export type { FiscalEvent, FiscalEventKind } from '@fiscalkit/ledger';
export type { PlainStatement, TransactionClient } from '@fiscalkit/ledger/postgres';
export {
  FiscalError,
  type FiscalReceipt,
  isFiscalError,
  type MarkedReceiptInput,
  type ReceiptInput,
  type ReceiptObject,
  type RussianReceiptInput,
  type UzbekReceiptInput,
  uncheckedReceipt,
} from '@fiscalkit/schemas';
export { OnFiscalEvent, type OnFiscalEventOptions } from './events/on-fiscal-event.decorator.js';
export { FiscalExceptionFilter } from './http/fiscal-exception.filter.js';
export { httpStatusOf } from './http/http-status-of.js';
export { FiscalModule } from './module/fiscal.module.js';
export type { FiscalModuleOptions, FiscalOptionsFactory } from './module/fiscal-module-options.js';
export { getFiscalServiceToken } from './module/get-fiscal-service-token.js';
export { InjectFiscal } from './module/inject-fiscal.decorator.js';
export type { MerchantOptions, ProviderSource } from './module/merchant-options.js';
export type { AcceptedReceipt, AcceptReceiptStatement } from './service/accepted-receipt.js';
export type { ForMerchant } from './service/choose-merchant.js';
export { FiscalService } from './service/fiscal.service.js';
export type { FiscalInterventions } from './service/fiscal-interventions.js';
export type { FiscalPayments } from './service/fiscal-payments.js';
export type { FiscalReceipts } from './service/fiscal-receipts.js';
export { postgres } from './store/postgres.js';
export { sqlite } from './store/sqlite.js';
export type { StoreSource } from './store/store-source.js';
