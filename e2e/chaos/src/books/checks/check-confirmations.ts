import { canonicalSoliqLink } from '@fiscalkit/schemas';
import type { Books } from '../books.js';
import { confirmationKey } from '../identity.js';
import type { Violation } from '../violation.js';

/** Compares the links that the provider attached to payments with the plan. A repeat attaches nothing new. */
export function checkConfirmations({ planned, provider }: Books): Violation[] {
  const confirmations = planned.filter((document) => document.kind === 'confirmation');
  const left = new Map(
    provider.confirmations.map(({ wallet, payment_id, qr_code }) => [
      confirmationKey(wallet, payment_id),
      qr_code,
    ]),
  );
  const violations: Violation[] = [];
  for (const { name, wallet, paymentId, link, outcome } of confirmations) {
    const key = confirmationKey(wallet, paymentId);
    const attached = left.get(key);
    left.delete(key);
    const named = `${name} (${key})`;
    if (attached === undefined) {
      if (outcome === 'registered') violations.push({ kind: 'lost', what: named });
    } else if (outcome === 'rejected' || attached !== canonicalSoliqLink(link)) {
      violations.push({ kind: 'stored-otherwise', what: `${named}: the provider has ${attached}` });
    }
  }
  for (const key of left.keys())
    violations.push({ kind: 'doubled', what: `${key}: attached, but not planned` });
  return violations;
}
