import { type AuditSource, verifyLedger } from '@fiscalkit/ledger';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { History } from '../history/history.js';
import type { EmulatedProvider, Review } from '../providers/emulated-provider.js';
import { merchantsOf } from '../system/gateway.js';
import type { SystemUnderTest } from '../system/system.js';
import { checkReported, checkStored } from './check-answers.js';
import { checkDeliveries } from './check-deliveries.js';
import { checkConfirmations, checkReceipts, checkRefunds, checkTaken } from './check-documents.js';
import type { Observations, Violation } from './observations.js';
import { readStoredDocuments, type StoredDocument } from './stored-documents.js';

/** Observations at the end of a run, and the violations in them. */
export interface CheckResult {
  readonly observations: Observations;
  readonly review: Review;
  readonly violations: readonly Violation[];
}

/** Stops the gateways, so that nothing is written, and checks the system against plan and history. */
export async function checkSystem(
  system: SystemUnderTest,
  provider: EmulatedProvider,
  { planned, history }: { readonly planned: readonly PlannedDocument[]; readonly history: History },
): Promise<CheckResult> {
  await Promise.all(system.gateways.map(({ slot }) => slot.stop()));
  const stored = await readStored(system, merchantsOf(provider));
  const journal = await system.provider.faults.journal();
  const entries = stored.map(({ entry: { id, facets } }) => ({ id, paymentId: facets.paymentId }));
  const observations = {
    planned,
    reported: history.documents,
    superseded: history.superseded,
    stored,
    provider: { ...journal, receipts: provider.receipts(journal, entries) },
  };
  const review = provider.review(observations, journal);
  const violations = [
    ...reconcile(observations),
    ...review.violations,
    ...checkDeliveries(stored, system.receiver),
    ...(await auditLedger(await system.ledger.openAudit())),
    ...history.complaints.map((what): Violation => ({ kind: 'wrong-answer', what })),
    ...unexpectedExits(system),
  ];
  return { observations, review, violations };
}

async function readStored(
  { ledger }: SystemUnderTest,
  merchants: readonly string[],
): Promise<StoredDocument[]> {
  const store = await ledger.openStore();
  try {
    return await readStoredDocuments(store, merchants);
  } finally {
    await store.close();
  }
}

function unexpectedExits({ gateways }: SystemUnderTest): Violation[] {
  return gateways
    .filter(({ slot }) => slot.unexpectedExits > 0)
    .map(({ name, slot }) => ({ kind: 'fallen', what: `${name}: ${slot.unexpectedExits} times` }));
}

/** Compares history, ledger and provider with each other and with the plan. */
export function reconcile(observations: Observations): Violation[] {
  return [
    ...checkReported(observations),
    ...checkStored(observations),
    ...checkReceipts(observations),
    ...checkRefunds(observations),
    ...checkTaken(observations),
    ...checkConfirmations(observations),
  ];
}

/** Verifies chains and seals of the whole ledger, and closes the source. */
async function auditLedger(source: AuditSource): Promise<Violation[]> {
  try {
    const { faults } = await verifyLedger(source);
    return faults.map(({ code, message, entryId, position }) => ({
      kind: 'broken-chain',
      what: [code, message, entryId, position].filter((part) => part !== undefined).join(' '),
    }));
  } finally {
    await source.close();
  }
}
