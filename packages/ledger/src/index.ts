export {
  type FiscalCorrection,
  type FiscalReceipt,
  fiscalEventKinds,
  type MarkedCorrectionInput,
  type MarkedPositionInput,
  type MarkedReceiptInput,
  type RussianCorrectionInput,
  type RussianPositionInput,
  type RussianReceiptInput,
  type UzbekPositionInput,
  type UzbekReceiptInput,
  uncheckedCorrection,
  uncheckedReceipt,
} from '@fiscalkit/schemas';
export type { AuditProgress, AuditReport, NotedSeal } from './audit/report.js';
export { type AuditFault, type AuditFaultCode, auditFaultCodes } from './audit/report.js';
export type { AuditSource } from './audit/source.js';
export { openSqliteAudit } from './audit/sqlite/open-sqlite-audit.js';
export { type VerifyOptions, verifyLedger } from './audit/verify.js';
export type { BackupProgress } from './backup/backup-sqlite-ledger.js';
export {
  backupSqliteLedger,
  type SqliteBackup,
  type SqliteBackupSettings,
} from './backup/backup-sqlite-ledger.js';
export {
  restoreSqliteLedger,
  type SqliteRestore,
  type SqliteRestoreSettings,
} from './backup/restore-sqlite-ledger.js';
export type { Ledger } from './create-ledger.js';
export { createLedger, type DeliverySettings, type LedgerSettings } from './create-ledger.js';
export type { BreakerSettings } from './delivery/circuit-breaker.js';
export { defaultFeedSettings, type FeedSettings } from './delivery/event-log-loop.js';
export type { EventCallback, EventSettings } from './delivery/handler-queue.js';
export { defaultEventSettings } from './delivery/handler-queue.js';
export type { TroubledAccount } from './delivery/provider-queue.js';
export type { QueueSettings } from './delivery/queue-settings.js';
export { defaultQueueSettings } from './delivery/queue-settings.js';
export { refusedKeyInWords } from './delivery/refused-keys.js';
export { accountName, isAccountReason } from './entry/accounts.js';
export {
  type ActionRefusal,
  type BatchAction,
  batchActions,
  type EntryAction,
  entryActions,
  type OfferedAction,
} from './entry/action-rules.js';
export type { ListedEntry } from './entry/entry.js';
export {
  type Entry,
  type EntryFacets,
  type EntryState,
  entryStates,
  finalStates,
  isFinal,
  type NewEntry,
} from './entry/entry.js';
export { type EntryFilter, matchesFilter } from './entry/entry-filter.js';
export type {
  FiscalEvent,
  FiscalEventKind,
  RegisteredEntry,
  RejectedEntry,
  StoredEvent,
  Subscription,
} from './entry/fiscal-event.js';
export type {
  AccountDecision,
  AccountOperatorAction,
  FoundOutcome,
  InterventionKind,
  OperatorAction,
  SettledAccount,
} from './entry/operator-action.js';
export { originOf } from './entry/receipt-origin.js';
export type { BackOff, DeliveryPolicy } from './entry/retry-policy.js';
export { defaultDeliveryPolicy } from './entry/retry-policy.js';
export type { Dependent } from './entry/sale-dependency.js';
export type { BreakerState, LedgerListener, LedgerSignal } from './entry/signals.js';
export type { StoreTrouble, StoreTroubleReport } from './entry/store-trouble.js';
export type { Step, Transition } from './entry/transition.js';
export type { JournalRow, Seal } from './journal/journal-row.js';
export { firstBrokenRow, hashJournalRow, type JournalFact } from './journal/journal-row.js';
export { hashSeal } from './journal/seal.js';
export {
  countedOutcomes,
  describeSignal,
  describeStart,
  type LedgerLogField,
  type LedgerLogLine,
  type SignalDescription,
} from './observation/describe-signal.js';
export { measureAccounts, measureFigures, measureFindings } from './observation/measure-ledger.js';
export {
  ledgerMetrics,
  type Measurement,
  type MetricDescription,
  type MetricTable,
  metric,
  prometheusName,
} from './observation/metrics.js';
export { openSqliteReceipts, type ReceiptReader } from './open-receipt-reader.js';
export {
  type Advice,
  adviceTexts,
  type FindingKind,
  type FoundDocument,
  type FoundPayment,
  type FoundReceipt,
  findingKinds,
  type ReconciliationFinding,
} from './reconciliation/finding.js';
export {
  type PaymentFault,
  type PaymentRecord,
  paymentFaultCodes,
  paymentKinds,
  type UnreadableLine,
} from './reconciliation/payment-record.js';
export { type Payments, type Reconcilable, reconcile } from './reconciliation/reconcile.js';
export type {
  ListedProvider,
  ReconcileOptions,
  ReconciliationNote,
  ReconciliationProgress,
  ReconciliationReport,
} from './reconciliation/reconciliation-report.js';
export type {
  FindingCounts,
  ReconcileRequest,
  ReconciliationService,
} from './reconciliation/reconciliation-service.js';
export {
  type DailyReport,
  type DailyReportRow,
  dailyReport,
  type SettlementSum,
  type VatSum,
} from './reports/daily-report.js';
export {
  type ExportedPosition,
  type ExportedReceipt,
  type ExportManifest,
  type ExportRequest,
  ExportTotals,
  exportReceipts,
  minorText,
} from './reports/export-receipts.js';
export type { ReportService } from './reports/report-service.js';
export { newestVersion } from './services/accept-entry.js';
export type {
  CountedEntries,
  ManyInterventions,
  ManyInterventionsResult,
  RefusedEntries,
} from './services/batch-call.js';
export {
  type CallbackSettings,
  longestCallback,
  type ReceivedCallback,
} from './services/callback-service.js';
export type {
  CorrectionService,
  CreateCorrection,
  CreatedCorrection,
  ListCorrections,
  PrepareCorrection,
  ValidatedCorrection,
} from './services/correction-service.js';
export type { CloseReceipt, RefundReceipt } from './services/derive-request.js';
export type { EntryPage, SearchEntries } from './services/entry-service.js';
export { derivedFaults, idempotencyConflict, receiptTwin } from './services/errors.js';
export type { EventFeed, FeedItem, FeedPage, FeedPlace, FeedRequest } from './services/event-feed.js';
export { replayWarnings } from './services/idempotency.js';
export type { ImportReceipt } from './services/import-receipt.js';
export type {
  EntryHistory,
  InterventionService,
  StuckEntriesQuery,
} from './services/intervention-service.js';
export type { LedgerSetup, ProviderPlace, SharedAccount } from './services/ledger-setup.js';
export { type SetupInWords, setupInWords } from './services/ledger-setup.js';
export { defaultListLimits, type ListLimits } from './services/list-limits.js';
export type { Merchant } from './services/merchants.js';
export type { PrepareReceipt } from './services/new-receipt-entry.js';
export type {
  ConfirmedPayment,
  ConfirmPayment,
  PaymentService,
  PrepareConfirmation,
} from './services/payment-service.js';
export type {
  CreatedReceipt,
  DerivedReceipts,
  PreparedReceipt,
  ValidatedReceipt,
} from './services/receipt-results.js';
export type { CreateReceipt, ListReceipts, ReceiptService } from './services/receipt-service.js';
export type {
  BatchEntriesQuery,
  BatchProgress,
  BatchStore,
  FilteredEntries,
  FinalEntries,
} from './store/batch-store.js';
export type { EntryIndex, EntrySearch, FoundEntries } from './store/entry-search.js';
export { paymentBusy } from './store/errors.js';
export type { EventReaders, HeldReader, ReaderReport } from './store/event-readers.js';
export type {
  DelayQuery,
  DeliveryQuery,
  DeliveryResult,
  EventDelivery,
  EventStore,
} from './store/event-store.js';
export type { FeedEvent } from './store/feed-event.js';
export type {
  AccountEntriesQuery,
  DeclaredRestore,
  Intervention,
  InterventionOutcome,
  InterventionStore,
  RestoreWindow,
  StuckQuery,
} from './store/intervention-store.js';
export type {
  AcceptOutcome,
  AcceptTogetherOutcome,
  BacklogName,
  Claim,
  ClaimQuery,
  ClaimShare,
  EntriesOfPayment,
  EntryQuery,
  Hint,
  HoldOutcome,
  HoldQuery,
  LedgerStore,
  Settlement,
  SettleOutcome,
  StoreFigures,
  StoreLimit,
  Wait,
} from './store/ledger-store.js';
export { postgresAddressFault } from './store/postgres/connection-settings.js';
export type {
  AcceptedReceiptsQuery,
  LateReceiptsQuery,
  PaymentsQuery,
  ReceiptReads,
  SealMark,
  StoredReceipt,
} from './store/receipt-reads.js';
export { longestTerm, type SearchTerm } from './store/search-term.js';
export { createSqliteStore, type SqliteStoreSettings } from './store/sqlite/create-sqlite-store.js';
export { openSqliteStore } from './store/sqlite/open-sqlite-store.js';
