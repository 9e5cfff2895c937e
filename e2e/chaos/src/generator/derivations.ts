import { accept, type DocumentGenerator, paidInFull } from './document-generator.js';
import type {
  AcceptedRequests,
  DeriveRequest,
  Operation,
  OperationSequence,
  PlannedDerivation,
} from './operation.js';
import type { PlannedLine, PlannedReceipt } from './planned-document.js';

// Sequences whose refunds and closing receipts are made by the ledger from the receipt before them.

/** A sale and the refund of all of it, submitted by one client or by two; then one more, which is refused. */
export function saleAndDerivedRefund(generator: DocumentGenerator): OperationSequence {
  const { chance } = generator;
  const sold = generator.receipt();
  const sale = sold.document;
  const key = chance.happens(0.5) ? generator.ownKey() : null;
  const keys = chance.happens(0.3) ? [key, key] : [key];
  const refund = derivation({ origin: sale, keys, made: [generator.derivedRefund(sale)] });
  const operations = [accept(sold), derive([refund])];
  return { operations: chance.happens(0.5) ? [...operations, refusedRefund(generator, sale)] : operations };
}

/** A sale and partial refunds of it until nothing is left; then one more, which is refused. */
export function saleAndPartialRefunds(generator: DocumentGenerator): OperationSequence {
  const lines = linesOfPieces(generator);
  const sold = generator.receipt({ lines });
  const sale = sold.document;
  const [first, ...others] = lines;
  const parts: Operation[] = [];
  let left = first.quantity;
  for (; left > 1 && parts.length < 2; left -= 1) {
    const piece = generator.derivedRefund(sale, [{ ...first, quantity: 1 }]);
    parts.push(derive([derivation({ origin: sale, ...refundedPiece(generator), made: [piece] })]));
  }
  const rest = generator.derivedRefund(sale, [{ ...first, quantity: left }, ...others]);
  return {
    operations: [
      accept(sold),
      ...parts,
      derive([derivation({ origin: sale, made: [rest] })]),
      refusedRefund(generator, sale),
    ],
  };
}

/** A sale of one to three pieces, and more refunds of one piece at the same time than there are. */
export function racedRefunds(generator: DocumentGenerator): OperationSequence {
  const line = { ...generator.lines()[0], quantity: generator.chance.between(1, 3) };
  const sold = generator.receipt({ lines: [line] });
  const sale = sold.document;
  const requests = Array.from({ length: line.quantity + generator.chance.between(1, 3) }, () => {
    const piece = generator.derivedRefund(sale, [{ ...line, quantity: 1 }]);
    const part = refundedPiece(generator);
    return derivation({ origin: sale, ...part, made: [piece], refusals: ['refund.exceeds-sale'] });
  });
  return { operations: [accept(sold), derive(requests, { least: line.quantity, most: line.quantity })] };
}

/** A prepayment whose delivery is reported several times at once, under different keys, and once more. */
export function prepaymentClosedOften(generator: DocumentGenerator): OperationSequence {
  const prepaid = generator.receipt({ lines: prepaidLines(generator.lines()) });
  const origin = prepaid.document;
  const keys = [null, generator.ownKey(), generator.ownKey(), null];
  const body = generator.chance.happens(0.5) ? { delivery_id: generator.ownKey() } : {};
  const closing = derivation({
    origin,
    action: 'close',
    body,
    keys,
    made: [generator.derivedClosing(origin)],
  });
  return { operations: [accept(prepaid), derive([closing]), derive([closing])] };
}

/** A prepayment that is delivered in part, and the refund of all of it: a receipt for each origin. */
export function partlyClosedAndRefunded(generator: DocumentGenerator): OperationSequence {
  const line = lineOfPieces(generator);
  const prepaid = generator.receipt({ lines: prepaidLines([line]) });
  const origin = prepaid.document;
  const quantity = generator.chance.between(1, line.quantity - 1);
  const delivered = [{ ...line, quantity }];
  const left = prepaidLines([{ ...line, quantity: line.quantity - quantity }]);
  const body = { positions: [{ index: 0, quantity }], delivery_id: 'parcel 1' };
  const closing = derivation({
    origin,
    action: 'close',
    body,
    made: [generator.derivedClosing(origin, delivered)],
  });
  const refunds = [generator.derivedRefund(origin, left), generator.derivedRefund(origin, delivered)];
  return {
    operations: [
      accept(prepaid),
      derive([closing]),
      derive([derivation({ origin, made: refunds })]),
      refusedRefund(generator, origin),
    ],
  };
}

/** A prepayment whose delivery and whose refund are requested at the same time. */
export function refundRacesClosing(generator: DocumentGenerator): OperationSequence {
  const prepaid = generator.receipt({ lines: prepaidLines(generator.lines()) });
  const origin = prepaid.document;
  const refund = derivation({
    origin,
    made: [generator.derivedRefund(origin)],
    otherwise: [generator.derivedRefund(origin, paidInFull(origin.lines))],
  });
  const closing = derivation({
    origin,
    action: 'close',
    made: [generator.derivedClosing(origin)],
    refusals: ['closing.exceeds-prepaid'],
  });
  return { operations: [accept(prepaid), derive([refund, closing], { least: 1, most: 2 })] };
}

/** A prepayment of some pieces: each is refunded, and each is to be delivered, all at the same time. */
export function refundsRaceClosings(generator: DocumentGenerator): OperationSequence {
  const line = lineOfPieces(generator);
  const piece = [{ ...line, quantity: 1 }];
  const prepaid = generator.receipt({ lines: prepaidLines([line]) });
  const origin = prepaid.document;
  const requests = Array.from({ length: line.quantity }, () => [
    derivation({
      origin,
      ...refundedPiece(generator),
      made: [generator.derivedRefund(origin, prepaidLines(piece))],
      otherwise: [generator.derivedRefund(origin, piece)],
    }),
    derivation({
      origin,
      action: 'close',
      ...deliveredPiece(generator),
      made: [generator.derivedClosing(origin, piece)],
      refusals: ['closing.exceeds-prepaid'],
    }),
  ]);
  const accepted = { least: line.quantity, most: 2 * line.quantity };
  return { operations: [accept(prepaid), derive(requests.flat(), accepted)] };
}

/**
 * A sale that the provider rejects, its refund, and the corrected sale. The refund waits for that; where it
 * came after the rejection it is refused, and made from the corrected sale instead.
 */
export function derivedRefundOfRejectedSale(generator: DocumentGenerator): OperationSequence {
  const sold = generator.receipt({ outcome: 'rejected' });
  const sale = sold.document;
  const { merchant, paymentId } = sale;
  const lines = sale.lines.map((line) => ({ ...line, goods: `${line.goods}, испр.` }));
  const corrected = generator.receipt({ merchant, paymentId, lines });
  const held = { ...generator.derivedRefund(sale), isHeld: true };
  const instead = generator.derivedRefund(corrected.document);
  const once = { least: 0, most: 1 };
  return {
    operations: [
      accept(sold),
      derive([derivation({ origin: sale, made: [held], refusals: ['origin.rejected'] })], once),
      { kind: 'operate', action: 'let-sales-pass', sale, held },
      accept(corrected),
      derive(
        [derivation({ origin: corrected.document, made: [instead], refusals: ['refund.exceeds-sale'] })],
        once,
      ),
    ],
  };
}

/** Returns a refund of which nothing is left. */
function refusedRefund(generator: DocumentGenerator, origin: PlannedReceipt): Operation {
  const none = derivation({ origin, keys: [generator.ownKey()], refusals: ['refund.exceeds-sale'] });
  return derive([none], { least: 0, most: 0 });
}

function derive(
  requests: readonly PlannedDerivation[],
  accepted: AcceptedRequests = { least: requests.length, most: requests.length },
): Operation {
  return { kind: 'derive', requests, ...accepted };
}

type DeriveChoices = Pick<DeriveRequest, 'origin'> & {
  readonly action?: DeriveRequest['action'];
  readonly body?: object;
  readonly keys?: DeriveRequest['keys'];
  /** What comes of it. */
  readonly made?: readonly PlannedReceipt[];
  /** What comes of it if another request was first. */
  readonly otherwise?: readonly PlannedReceipt[];
  readonly refusals?: readonly string[];
};

function derivation(choices: DeriveChoices): PlannedDerivation {
  const { origin, action = 'refund', body = {}, keys = [null] } = choices;
  const { made = [], otherwise = [], refusals = [] } = choices;
  const alternatives = [made, otherwise].filter(({ length }) => length > 0);
  return { request: { origin, action, body: JSON.stringify(body), keys }, alternatives, refusals };
}

const positionsOfPiece = [{ index: 0, quantity: 1 }];

/** Returns what requests the refund of one piece, told apart from others by an id of its own or by its key. */
function refundedPiece(generator: DocumentGenerator) {
  const name = generator.ownKey();
  return generator.chance.happens(0.5)
    ? { body: { positions: positionsOfPiece, refund_id: name }, keys: [null] }
    : { body: { positions: positionsOfPiece }, keys: [name] };
}

/** Returns what requests the delivery of one piece; only its own id tells it from another, no key does. */
function deliveredPiece(generator: DocumentGenerator) {
  return {
    body: { positions: positionsOfPiece, delivery_id: generator.ownKey() },
    keys: generator.chance.happens(0.5) ? [null] : [generator.ownKey(), generator.ownKey()],
  };
}

/** Returns a line of two to four pieces. */
function lineOfPieces(generator: DocumentGenerator): PlannedLine {
  return { ...linesOfPieces(generator)[0], quantity: generator.chance.between(2, 4) };
}

function linesOfPieces(generator: DocumentGenerator): [PlannedLine, ...PlannedLine[]] {
  const [first, ...others] = generator.lines();
  return [{ ...first, quantity: generator.chance.between(2, 4) }, ...others];
}

function prepaidLines(lines: readonly PlannedLine[]): PlannedLine[] {
  return lines.map((line) => ({ ...line, paymentMethod: 'full_prepayment' }));
}
