import type { Registration } from '@fiscalkit/client';
import {
  type Fault,
  type FiscalMark,
  isAbsentMember,
  parseReceiptLink,
  readReceiptLink,
} from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import type { FoundOutcome } from '../entry/operator-action.js';
import { interventionInvalid, operatorActionFault, textFaults } from './errors.js';

/**
 * Returns the registration that an operator found; `null` when there is none and never will be. Of a receipt,
 * any https link is kept, since the register and not the shop decides which operator shows it; of a
 * confirmation, one of the tax service. Throws a `FiscalError` with code `intervention.invalid`, or with the
 * code of the link's fault (`link.host`, …).
 */
export function registrationFound(outcome: FoundOutcome, entry: Entry): Registration | null {
  const faults = faultsOf(outcome);
  if (faults.length > 0) throw interventionInvalid(faults);
  if (outcome.kind === 'rejected') return null;
  const providerDocumentId = said(outcome.providerDocumentId) ?? entry.providerDocumentId;
  const link = said(outcome.link);
  if (link === undefined) return { providerDocumentId, mark: null, link: null, details: {} };
  const mark = markOf(link, entry);
  if (mark && mark.country !== countryOfEntry(entry)) {
    const detail = 'a receipt in the country of the document';
    throw interventionInvalid([operatorActionFault('field.value', '$.outcome.link', detail)]);
  }
  return { providerDocumentId, mark, link: link.includes('://') ? link : null, details: {} };
}

function markOf(link: string, { operation }: Entry): FiscalMark | null {
  const isConfirmation = operation.startsWith('confirmation.');
  return isConfirmation ? parseReceiptLink(link).mark : readReceiptLink(link).mark;
}

/** Maps `null` and `""`, which serializers write for no value, to `undefined`. */
function said<Value>(member: Value): Value | undefined {
  return isAbsentMember(member) ? undefined : member;
}

/** Returns the faults of an outcome, which may be unchecked JSON. */
function faultsOf(outcome: unknown): Fault[] {
  const { kind, providerDocumentId, link: givenLink } = Object(outcome);
  const [id, link] = [said(providerDocumentId), said(givenLink)];
  if (kind !== 'registered' && kind !== 'rejected')
    return [operatorActionFault('field.value', '$.outcome.kind', 'one of registered, rejected')];
  return [
    ...(id === undefined ? [] : textFaults('$.outcome.providerDocumentId', id, 255, 'printable')),
    ...(link === undefined ? [] : textFaults('$.outcome.link', link, 2_000, 'printable')),
  ];
}

/**
 * Returns the country of an entry: confirmations are of Uzbekistan; for receipts, it follows from the format.
 */
function countryOfEntry({ document }: Entry): FiscalMark['country'] {
  const format = document.receipt_format;
  return format === 'ru_1_05' || format === 'ru_1_2' ? 'ru' : 'uz';
}
