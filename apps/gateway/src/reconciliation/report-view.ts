import {
  adviceTexts,
  findingKinds,
  type ReconciliationFinding,
  type ReconciliationReport,
} from '@fiscalkit/ledger';
import { formatAmount } from '@fiscalkit/schemas';

function amount(minor: number | null): string | null {
  return minor === null ? null : formatAmount(minor);
}

/** Returns a finding as it goes over the wire; amounts are decimal texts. */
function findingView(finding: ReconciliationFinding) {
  const { code, message, advice, payment, receipts, listed } = finding;
  return {
    code,
    message,
    advice,
    advice_text: adviceTexts[advice],
    payment_id: finding.paymentId,
    operation_type: finding.operationType,
    ...(payment && {
      payment: { line: payment.line, amount: amount(payment.amountMinor), time: payment.time.toISOString() },
    }),
    receipts: receipts.map(({ id, state, totalMinor, acceptedAt, reasonCode }) => ({
      id,
      state,
      total: amount(totalMinor),
      accepted_at: acceptedAt.toISOString(),
      ...(reasonCode !== null && { reason: reasonCode }),
    })),
    ...(listed && {
      listed: {
        provider: listed.provider,
        provider_document_id: listed.providerDocumentId,
        total: amount(listed.totalMinor),
        status: listed.status,
        ...(listed.differs.length > 0 && { differs: listed.differs }),
      },
    }),
  };
}

/** Returns the result of a comparison as it goes over the wire. */
export function reconciliationView(report: ReconciliationReport) {
  return {
    merchant: report.merchant,
    from: report.from.toISOString(),
    to: report.to.toISOString(),
    country: report.country,
    notes: report.notes,
    payments: {
      read: report.paymentsRead,
      matched: report.matched,
      under_way: report.paymentsUnderWay,
      outside: report.paymentsOutside,
      not_compared: report.faults.length + report.moreFaults,
    },
    receipts: {
      read: report.receiptsRead,
      under_way: report.receiptsUnderWay,
      at_edges: report.receiptsAtEdges,
      not_compared: report.receiptsNotCompared,
    },
    providers: report.providers,
    counts: report.counts,
    findings: report.findings.map(findingView),
    more_findings: report.moreFindings,
    faults: report.faults,
    more_faults: report.moreFaults,
  };
}

/** Lines that a person is shown of each. */
const mostLines = 50;

/** Formats the result of a comparison for people. */
export function reconciliationText(report: ReconciliationReport): string {
  const { payments, receipts } = reconciliationView(report);
  const found = findingKinds.reduce((sum, kind) => sum + report.counts[kind], 0);
  const underWay = Object.entries(receipts.under_way).filter(([, count]) => count > 0);
  return [
    `${payments.read} payments, ${receipts.read} receipts of ${report.merchant}, ${report.from.toISOString()} to ${report.to.toISOString()}`,
    `matched ${payments.matched}, under way ${payments.under_way}, outside the window ${payments.outside}, not compared ${payments.not_compared}`,
    ...(underWay.length > 0
      ? [`receipts under way: ${underWay.map(([phase, count]) => `${phase} ${count}`).join(', ')}`]
      : []),
    ...report.providers.map(
      ({ name, documents, complete }) =>
        `${name} shows ${documents} documents${complete ? '' : ', not to the end'}`,
    ),
    ...report.notes.map(({ code, message }) => `${code}: ${message}`),
    ...report.faults
      .slice(0, mostLines)
      .map(({ line, code, message }) => `line ${line}: ${code}: ${message}`),
    ...moreLine(payments.not_compared - Math.min(report.faults.length, mostLines), 'lines'),
    found === 0 ? 'no findings' : `findings: ${found}`,
    ...findingKinds
      .filter((kind) => report.counts[kind] > 0)
      .map((kind) => `  ${kind}: ${report.counts[kind]}`),
    ...report.findings.slice(0, mostLines).map(findingLine),
    ...moreLine(found - Math.min(report.findings.length, mostLines), 'findings'),
  ].join('\n');
}

function moreLine(count: number, what: string): string[] {
  return count > 0 ? [`and ${count} more ${what}; --json tells them`] : [];
}

function findingLine(finding: ReconciliationFinding): string {
  const { kind, paymentId, payment, receipts, listed, advice } = finding;
  const about = [
    payment && `line ${payment.line}, ${amount(payment.amountMinor)}`,
    ...receipts.map(({ id, totalMinor }) => `receipt ${id}, ${amount(totalMinor) ?? 'no total'}`),
    listed && `${listed.provider} ${listed.providerDocumentId}`,
  ];
  return `${kind} payment ${JSON.stringify(paymentId)} (${about.filter(Boolean).join('; ')}): ${advice}. ${adviceTexts[advice]}`;
}
