import { handIn, type Pen } from './pen.js';
import type { Story } from './story.js';

/** A link for a payment, sometimes sent twice. */
export function confirmation(pen: Pen): Story {
  return { steps: [handIn(pen.confirmation(), pen.chance.between(1, 2))] };
}

/** A link for a payment, then another link for it, then the same link for another payment. */
export function conflictingConfirmations(pen: Pen): Story {
  const confirmed = pen.confirmation();
  const { document } = confirmed;
  const otherLink = pen.confirmationAsk({ ...document, link: pen.link() }, null);
  const otherPayment = pen.confirmationAsk({ ...document, paymentId: `${document.paymentId}-other` }, null);
  return {
    steps: [
      handIn(confirmed),
      { kind: 'conflict', ask: otherLink },
      { kind: 'conflict', ask: otherPayment },
      handIn(confirmed),
    ],
  };
}

/** A link that the provider rejects. */
export function rejectedConfirmation(pen: Pen): Story {
  return { steps: [handIn(pen.confirmation('rejected'))] };
}
