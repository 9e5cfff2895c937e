import type { Verdict } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import { doubtfulReason } from '../state/is-doubtful.js';
import type { LedgerStore } from '../store/ledger-store.js';

/**
 * The verdict, unless it names a document that belongs to another entry of the same order: that says nothing of this one, whose
 * own document may be there all the same. So it is a doubt, and the entry takes no id from it.
 */
export async function doubtBoundDocument(
  verdict: Verdict,
  entry: Entry,
  store: Pick<LedgerStore, 'boundDocumentIds'>,
): Promise<Verdict> {
  const named = documentOf(verdict);
  if (named === null) return verdict;
  const bound = Array.from(await store.boundDocumentIds(entry), plain);
  if (!bound.includes(plain(named))) return verdict;
  const candidates = [{ providerDocumentId: named, differs: ['receipt_id'] }];
  const reason = verdict.kind === 'doubtful' ? verdict.reason : { ...doubtfulReason(), candidates };
  return { kind: 'doubtful', reason };
}

function documentOf(verdict: Verdict): string | null {
  if (verdict.kind === 'registered') return verdict.registration.providerDocumentId;
  return ('providerDocumentId' in verdict && verdict.providerDocumentId) || null;
}

function plain(id: string): string {
  return id.trim().toLowerCase();
}
