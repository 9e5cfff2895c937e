import type { Registration } from '@fiscalkit/client';
import { type Fault, type FiscalMark, parseReceiptLink } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import type { FoundOutcome } from './act.js';
import { actFault } from './act-fault.js';
import { interventionInvalid } from './intervention-invalid.js';
import { textFaults } from './text-faults.js';

/**
 * The registration that a person found; `null` when there is none and never will be. Throws a `FiscalError` with code
 * `intervention.invalid`, or with the code of the link's fault (`link.host`, …).
 */
export function registrationFound(outcome: FoundOutcome, entry: Entry): Registration | null {
  const faults = faultsOf(outcome);
  if (faults.length > 0) throw interventionInvalid(faults);
  if (outcome.kind === 'rejected') return null;
  const { link, providerDocumentId = entry.providerDocumentId } = outcome;
  const mark = link === undefined ? null : parseReceiptLink(link).mark;
  if (mark && mark.country !== countryOfEntry(entry)) {
    throw interventionInvalid([actFault('field.value', '$.outcome.link')]);
  }
  return { providerDocumentId, mark, link: link?.includes('://') ? link : null, details: {} };
}

/** Callers need not have checked what came to them as JSON. */
function faultsOf(outcome: unknown): Fault[] {
  const { kind, providerDocumentId: id, link } = Object(outcome);
  if (kind !== 'registered' && kind !== 'rejected') return [actFault('field.value', '$.outcome.kind')];
  return [
    ...(id === undefined ? [] : textFaults('$.outcome.providerDocumentId', id, 255, 'printable')),
    ...(link === undefined ? [] : textFaults('$.outcome.link', link, 2_000, 'printable')),
  ];
}

/** Payment confirmations are of Uzbekistan; of receipts, the format tells. */
function countryOfEntry({ document }: Entry): FiscalMark['country'] {
  const format = document.receipt_format;
  return format === 'ru_1_05' || format === 'ru_1_2' ? 'ru' : 'uz';
}
