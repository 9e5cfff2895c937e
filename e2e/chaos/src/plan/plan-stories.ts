import type { Weighted } from './chance.js';
import { Chance } from './chance.js';
import { confirmation, conflictingConfirmations, rejectedConfirmation } from './confirmation-stories.js';
import { Pen } from './pen.js';
import {
  idsAlike,
  manyDocuments,
  prepaymentAndClosing,
  refundOfRejectedSale,
  rejectedSale,
  repeatedSale,
  reusedKey,
  sale,
  saleAndRefund,
  salesAlike,
  twinSales,
} from './receipt-stories.js';
import type { Story } from './story.js';

const kinds: readonly [Weighted<(pen: Pen) => Story>, ...Weighted<(pen: Pen) => Story>[]] = [
  { weight: 18, choice: sale },
  { weight: 22, choice: saleAndRefund },
  { weight: 12, choice: manyDocuments },
  { weight: 8, choice: prepaymentAndClosing },
  { weight: 12, choice: repeatedSale },
  { weight: 6, choice: twinSales },
  { weight: 4, choice: salesAlike },
  { weight: 1, choice: idsAlike },
  { weight: 6, choice: reusedKey },
  { weight: 3, choice: rejectedSale },
  { weight: 2, choice: refundOfRejectedSale },
  { weight: 8, choice: confirmation },
  { weight: 4, choice: conflictingConfirmations },
  { weight: 1, choice: rejectedConfirmation },
];

/** Stories with so many receipts in all, and some confirmations besides. */
export function planStories(seed: number, receipts: number): Story[] {
  const pen = new Pen(new Chance(seed, 'stories'));
  const stories: Story[] = [];
  for (let left = receipts; left > 0; ) {
    const tell = pen.chance.weighted(kinds);
    const story = tell(pen);
    const added = receiptsOf(story);
    if (added > left) continue;
    stories.push(story);
    left -= added;
  }
  return stories;
}

function receiptsOf({ steps }: Story): number {
  const names = steps.flatMap((step) =>
    step.kind === 'hand-in' && step.document.kind === 'receipt' ? [step.document.name] : [],
  );
  return new Set(names).size;
}
