import type { StoredSeal } from '../journal/make-seal.js';
import type { AuditFault } from './audit-fault.js';
import type { NotedSeal } from './audit-report.js';

/**
 * What is wrong with the ledger by a seal that was noted outside: `null` when the seal is there as it was. Who rewrites all of
 * a ledger can make every hash fit, but not one that was noted elsewhere. Pure.
 */
export function faultOfNoted(noted: NotedSeal, found: StoredSeal | null): AuditFault | null {
  const { number: seal } = noted;
  if (!found) {
    const message = `Seal ${seal}, which was noted outside, is missing.`;
    return { code: 'audit.seal.missing', message, seal };
  }
  if (found.hash === noted.hash.toLowerCase()) return null;
  const message = `Seal ${seal} has another hash than was noted outside: the ledger was rewritten.`;
  return { code: 'audit.seal.changed', message, seal, position: found.firstPosition };
}
