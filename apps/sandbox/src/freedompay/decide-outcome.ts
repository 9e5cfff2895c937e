import { hash } from 'node:crypto';
import {
  type Country,
  countryOf,
  type FiscalMark,
  formatAmount,
  formatOffsetTime,
  formatRussianLink,
  formatSoliqLink,
  operationTypes,
  parseAmount,
  type Receipt,
  registerOffsetHours,
} from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { ReceiptOutcome } from '../records/record.js';
import type { FreedompayDependencies } from './dependencies.js';

interface AcceptedReceipt {
  readonly receipt: Receipt;
  readonly createdAt: number;
  readonly fault: OutcomeFault | null;
}

/** Decides the final outcome of a receipt when it is accepted, so that its state depends on time alone. */
export function decideOutcome(
  { receipt, createdAt, fault }: AcceptedReceipt,
  dependencies: FreedompayDependencies,
): ReceiptOutcome {
  const at = createdAt + dependencies.registrationDelayMs;
  switch (fault?.kind) {
    case 'stay-pending':
      return fault.forMs === undefined
        ? { kind: 'stays-pending' }
        : registers(receipt, createdAt + fault.forMs, dependencies);
    case 'reject': {
      const { code = 'sandbox.fault.reject', message = 'a fault rule asked for a rejection' } = fault;
      return { kind: 'is-rejected', at, code, message };
    }
    // No fault, or one of another provider, which never applies to a receipt of this one.
    default:
      return registers(receipt, at, dependencies);
  }
}

function registers(receipt: Receipt, at: number, dependencies: FreedompayDependencies): ReceiptOutcome {
  const country = countryOf(receipt.receipt_format);
  const documentNumber = dependencies.records.receipts.nextDocumentNumber(country);
  const mark = createMark({ country, documentNumber, at, seed: dependencies.seed });
  return {
    kind: 'registers',
    at,
    mark,
    link: receiptLink(mark, receipt),
    fiscalProviderId: dependencies.createId(),
  };
}

const fiscalStorageNumber = '9999078900006286';
const terminalId = 'EZ000000000001';

interface MarkSource {
  readonly country: Country;
  readonly documentNumber: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seed: number;
}

/**
 * Returns the fiscal data of a document; its attribute or sign is derived from the seed and the document
 * number.
 */
function createMark({ country, documentNumber, at, seed }: MarkSource): FiscalMark {
  const digest = hash('sha256', `${seed}:${country}:${documentNumber}`, 'buffer');
  if (country === 'ru') {
    return {
      country,
      fiscal_storage_number: fiscalStorageNumber,
      fiscal_document_number: String(documentNumber),
      fiscal_attribute: String(digest.readUInt32BE(0)),
      registered_at: formatOffsetTime(new Date(at), registerOffsetHours('ru_1_05')),
    };
  }
  return {
    country,
    terminal_id: terminalId,
    receipt_number: String(documentNumber),
    fiscal_sign: String(digest.readUIntBE(0, 6) % 10 ** 12).padStart(12, '0'),
    registered_at: formatOffsetTime(new Date(at), registerOffsetHours('uz_1_0')),
  };
}

/** Returns the public link of a receipt, made of its fiscal data and its total. */
function receiptLink(mark: FiscalMark, receipt: Receipt): string {
  if (mark.country === 'uz') return formatSoliqLink({ path: 'epi', mark });
  return formatRussianLink({
    country: 'ru',
    host: 'consumer.1-ofd-test.ru',
    mark,
    total: formatAmount(parseAmount(receipt.total)),
    calculation_sign: operationTypes[receipt.operation_type],
    with_seconds: true,
  });
}
