export {
  type FiscalReceipt,
  type MarkedPositionInput,
  type MarkedReceiptInput,
  type RussianPositionInput,
  type RussianReceiptInput,
  type UzbekPositionInput,
  type UzbekReceiptInput,
  uncheckedReceipt,
} from '@fiscalkit/schemas';
export type { AuditProgress, AuditReport, NotedSeal } from './audit/report.js';
export { type AuditFault, type AuditFaultCode, auditFaultCodes } from './audit/report.js';
export type { AuditSource } from './audit/source.js';
export { openSqliteAudit } from './audit/sqlite/open-sqlite-audit.js';
export { type VerifyOptions, verifyLedger } from './audit/verify.js';
export {
  backupSqliteLedger,
  type SqliteBackup,
  type SqliteBackupSettings,
} from './backup/backup-sqlite-ledger.js';
export type { BackupProgress } from './backup/copy-ledger.js';
export {
  restoreSqliteLedger,
  type SqliteRestore,
  type SqliteRestoreSettings,
} from './backup/restore-sqlite-ledger.js';
export type { BreakerSettings, BreakerState } from './delivery/circuit-breaker.js';
export type { TroubledAccount } from './delivery/lane.js';
export type { LaneSettings } from './delivery/lane-settings.js';
export { defaultLaneSettings } from './delivery/lane-settings.js';
export { createLedger, type DeliverySettings, type LedgerSettings } from './desk/create-ledger.js';
export { idempotencyConflict } from './desk/idempotency-conflict.js';
export type { Ledger } from './desk/ledger.js';
export type { LedgerSetup, ProviderPlace } from './desk/ledger-setup.js';
export { defaultListLimits, type ListLimits } from './desk/list-places.js';
export type { Merchant } from './desk/merchant.js';
export type { PrepareReceipt } from './desk/new-receipt-entry.js';
export type {
  ConfirmedPayment,
  ConfirmPayment,
  PaymentsDesk,
  PrepareConfirmation,
} from './desk/payments-desk.js';
export { receiptTwin } from './desk/receipt-twin.js';
export type {
  CreatedReceipt,
  CreateReceipt,
  ListReceipts,
  PreparedReceipt,
  ReceiptsDesk,
  ValidatedReceipt,
} from './desk/receipts-desk.js';
export { type SetupInWords, setupInWords } from './desk/setup-in-words.js';
export type { SharedAccount } from './desk/shared-accounts.js';
export { replayWarnings } from './desk/twins.js';
export { isAccountReason } from './entry/account-reasons.js';
export {
  type Entry,
  type EntryFacets,
  type EntryState,
  entryStates,
  finalStates,
  type NewEntry,
} from './entry/entry.js';
export type { ListedEntry } from './entry/listed-entry.js';
export type { Dependent } from './entry/sale-dependency.js';
export type { EventCallback } from './events/event-handler.js';
export type { EventSettings } from './events/event-settings.js';
export { defaultEventSettings } from './events/event-settings.js';
export {
  type FiscalEvent,
  type FiscalEventKind,
  fiscalEventKinds,
  type RegisteredEntry,
  type RejectedEntry,
  type StoredEvent,
} from './events/fiscal-event.js';
export type { Subscription } from './events/subscription.js';
export type {
  AccountAct,
  AccountAction,
  Act,
  Action,
  FoundOutcome,
  SettledAccount,
} from './interventions/act.js';
export type {
  EntryHistory,
  InterventionsDesk,
  StuckEntriesQuery,
} from './interventions/interventions-desk.js';
export { newestVersion } from './interventions/newest-version.js';
export { firstBrokenRow } from './journal/first-broken-row.js';
export { hashJournalRow, type JournalFact } from './journal/hash-journal-row.js';
export { hashSeal } from './journal/hash-seal.js';
export type { JournalRow, Seal } from './journal/journal-row.js';
export type { LedgerEvent, LedgerListener } from './observation/ledger-event.js';
export { refusedKeyInWords } from './observation/refused-key-in-words.js';
export type { BackOff, DeliveryPolicy } from './state/delivery-policy.js';
export { defaultDeliveryPolicy } from './state/delivery-policy.js';
export { isFinal } from './state/is-final.js';
export type {
  DelayQuery,
  DeliveryQuery,
  DeliveryResult,
  EventDelivery,
  EventStore,
} from './store/event-store.js';
export type {
  AccountEntriesQuery,
  Intervention,
  InterventionOutcome,
  InterventionStore,
  RestoreWindow,
  StuckQuery,
} from './store/intervention-store.js';
export type {
  AcceptOutcome,
  BacklogName,
  Claim,
  ClaimQuery,
  ClaimShare,
  EntryQuery,
  HoldOutcome,
  HoldQuery,
  LedgerStore,
  Settlement,
  SettleOutcome,
  Step,
  StoreFigures,
  StoreLimit,
  Transition,
  Wait,
} from './store/ledger-store.js';
export { paymentBusy } from './store/payment-busy.js';
export { postgresAddressFault } from './store/postgres/address-fault.js';
export { createSqliteStore, type SqliteStoreSettings } from './store/sqlite/create-sqlite-store.js';
export { openSqliteStore } from './store/sqlite/open-sqlite-store.js';
export type { StoreTrouble, StoreTroubleReport } from './store/store-trouble.js';
