import type { Entry } from '@fiscalkit/ledger';
import type { FinalWord } from '../../clients/read-answer.js';
import type { Books } from '../books.js';
import { plannedConfirmationKey, storedConfirmationKey } from '../identity.js';
import { doubtfulCode } from '../recognition.js';
import type { ToldDocument } from '../told-book.js';
import type { Violation } from '../violation.js';

/** Compares what clients were told with what the ledger says. */
export function checkTold({ planned, told, stored }: Books): Violation[] {
  const entries = stored.map(({ entry }) => entry);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const confirmations = new Map(entries.map((entry) => [storedConfirmationKey(entry), entry]));
  const toldOf = new Map(told.map((note) => [note.document.name, note]));
  return planned.flatMap((document) => {
    const note = toldOf.get(document.name);
    if (!note)
      return [{ kind: 'unfinished', what: `${document.name}: no client was told anything definite` }];
    const key = plannedConfirmationKey(document);
    const found = key === null ? [...note.ids].map((id) => byId.get(id)) : [confirmations.get(key)];
    return [
      ...checkIdentity(note, found),
      ...found.flatMap((entry) => (entry ? checkFinals(note, entry) : [])),
    ];
  });
}

function checkIdentity({ document, ids }: ToldDocument, found: readonly (Entry | undefined)[]): Violation[] {
  const violations: Violation[] = [];
  const named = [document.name, ...ids].join(' ');
  if (ids.size > 1) violations.push({ kind: 'doubled', what: `${named}: one request has several receipts` });
  if (found.includes(undefined)) violations.push({ kind: 'told-not-stored', what: named });
  return violations;
}

function checkFinals({ document, finals }: ToldDocument, entry: Entry): Violation[] {
  if (finals.size === 0 && entry.reason?.code === doubtfulCode) return [];
  const named = `${document.name} ${entry.id}`;
  const violations: Violation[] = [];
  for (const [text, final] of finals) {
    if (agrees(final, entry)) continue;
    violations.push({
      kind: 'told-otherwise',
      what: `${named}: told ${text}, the ledger says ${entry.state}`,
    });
  }
  if (finals.size === 0)
    violations.push({ kind: 'unfinished', what: `${named}: no client was told an outcome` });
  return violations;
}

function agrees({ status, documentNumber, link }: FinalWord, { state, registration }: Entry): boolean {
  if (status !== state) return false;
  // Only the answer about a receipt names its fiscal document.
  if (documentNumber === null) return true;
  const mark = registration?.mark;
  return (
    mark?.country === 'ru' && mark.fiscal_document_number === documentNumber && registration?.link === link
  );
}
