import { handIn, type Pen } from './pen.js';
import type { Story } from './story.js';

/** A sale and nothing more. */
export function sale(pen: Pen): Story {
  return { steps: [handIn(pen.receipt())] };
}

/** A sale and the refund of all or a part of it, asked for as soon as the sale was answered. */
export function saleAndRefund(pen: Pen): Story {
  const sold = pen.receipt();
  const { merchant, paymentId, totalMinor } = sold.document;
  const refunded = pen.chance.happens(0.5) ? totalMinor : Math.ceil(totalMinor / 3);
  const refund = pen.receipt({ merchant, paymentId, operation: 'sell_refund', totalMinor: refunded });
  return { steps: [handIn(sold), handIn(refund)] };
}

/** A sale that several clients ask for at once, and again later. */
export function repeatedSale(pen: Pen): Story {
  const sold = pen.receipt();
  return { steps: [handIn(sold, pen.chance.between(2, 3)), handIn(sold)] };
}

/** Two sales of one payment with the same content, told apart by their keys alone. */
export function twinSales(pen: Pen): Story {
  const one = pen.receipt({ key: pen.ownKey() });
  const { merchant, paymentId, totalMinor } = one.document;
  const other = pen.receipt({ merchant, paymentId, totalMinor, key: pen.ownKey() });
  const twin = { document: other.document, ask: { ...other.ask, body: one.ask.body } };
  return { steps: [handIn(one), handIn(twin), handIn(one)] };
}

/** A sale, and then another under its key. */
export function reusedKey(pen: Pen): Story {
  const key = pen.ownKey();
  const sold = pen.receipt({ key });
  const other = pen.receipt({ merchant: sold.document.merchant, key });
  return { steps: [handIn(sold), { kind: 'conflict', ask: other.ask }, handIn(sold)] };
}

/** A sale that the provider rejects; asking again changes nothing. */
export function rejectedSale(pen: Pen): Story {
  const sold = pen.receipt({ outcome: 'rejected' });
  return { steps: [handIn(sold), handIn(sold)] };
}
