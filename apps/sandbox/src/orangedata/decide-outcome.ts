import { hash } from 'node:crypto';
import { formatOffsetTime, type RussianFiscalMark, registerOffsetHours } from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import { type OrangedataAccount, orangedataDefaults } from './account.js';
import type { OrangedataDependencies } from './dependencies.js';
import type { OrangedataOutcome } from './record.js';

/** Document that was taken. */
interface TakenDocument {
  readonly account: OrangedataAccount;
  readonly createdAt: number;
  readonly fault: OutcomeFault | null;
}

/** Status of a document whose mark codes fail their check, and a result of such a check (tag 2106). */
const marksFail = 422;
const failedResult = 5;

/** Decides the final outcome of a document when it is taken, so that its state depends on time alone. */
export function decideOrangedataOutcome(
  taken: TakenDocument,
  dependencies: OrangedataDependencies,
): OrangedataOutcome {
  const { createdAt, fault } = taken;
  const { queueMs = orangedataDefaults.queueMs } = dependencies.options;
  const at = createdAt + dependencies.registrationDelayMs;
  switch (fault?.kind) {
    case 'stay-pending':
      return fault.forMs === undefined
        ? { kind: 'stays-queued' }
        : registers(taken, createdAt + fault.forMs, dependencies);
    case 'fail':
      // Neither leaves a receipt: the document has not come as far as the storage.
      return fault.code === marksFail
        ? { kind: 'fails-marks', at, result: failedResult }
        : { kind: 'expires', at: createdAt + queueMs };
    case 'late-mark':
      return { ...registers(taken, at, dependencies), markShownAt: at + fault.forMs };
    default:
      return registers(taken, at, dependencies);
  }
}

function registers(
  { account }: TakenDocument,
  at: number,
  dependencies: OrangedataDependencies,
): Extract<OrangedataOutcome, { kind: 'registers' }> {
  return { kind: 'registers', at, mark: markOf(account, at, dependencies) };
}

const digitsOfStorage = 16;

function markOf(
  { inn, group }: OrangedataAccount,
  at: number,
  { documents, seed }: OrangedataDependencies,
): RussianFiscalMark {
  const number = documents.nextDocumentNumber(inn, group);
  const digest = hash('sha256', `${seed}:${inn}:${group}:${number}`, 'buffer');
  const storage = hash('sha256', `${inn}:${group}`, 'buffer').readUInt32BE(0);
  return {
    country: 'ru',
    fiscal_storage_number: `99991${String(storage).padStart(digitsOfStorage - 5, '0')}`,
    fiscal_document_number: String(number),
    // As OrangeData prints it: ten digits.
    fiscal_attribute: String(digest.readUInt32BE(0)).padStart(10, '0'),
    registered_at: formatOffsetTime(new Date(at), registerOffsetHours('ru_1_2')),
  };
}
