import { Readable } from 'node:stream';
import type { ReceiptObject } from '@fiscalkit/schemas';

/** Text of a page after which it is sent in pieces; a shorter one goes out whole, with its length. */
const wholeLength = 262_144;

/** How a page in pieces is sent. */
export interface PageDelivery {
  /** Called before each piece with the bytes that wait for the client: the piece, and the one before it. */
  readonly onPiece: (bytes: number) => void;
  /** Called when nothing waits any more, however the page ended. */
  readonly onEnd: () => void;
  /** Called with what ended a page too early. */
  readonly onError: (error: unknown) => void;
}

/**
 * Prints a page of receipts as `JSON.stringify` prints its envelope: a text, or for a long one a stream that reads each portion when the
 * client has taken those before. Rejects where nothing was printed yet; later, the stream fails, and the page has no end.
 */
export async function printPage(
  portions: AsyncGenerator<readonly ReceiptObject[]>,
  delivery: PageDelivery,
): Promise<string | Readable> {
  let text = '{"data":[';
  let isFirst = true;
  const print = (receipts: readonly ReceiptObject[]) => {
    const printed = `${isFirst ? '' : ','}${receipts.map((receipt) => JSON.stringify(receipt)).join()}`;
    isFirst = false;
    return printed;
  };
  while (text.length < wholeLength) {
    const portion = await portions.next();
    if (portion.done) return `${text}]}`;
    text += print(portion.value);
  }
  const page = Readable.from(inPieces(text));
  // Also of a page of which nothing was taken.
  page.once('close', () => {
    delivery.onEnd();
    void portions.return(undefined);
  });
  return page;

  async function* inPieces(begin: string) {
    let waiting = 0;
    const piece = (printed: string) => {
      const bytes = Buffer.from(printed);
      delivery.onPiece(waiting + bytes.length);
      waiting = bytes.length;
      return bytes;
    };
    try {
      yield piece(begin);
      for await (const portion of portions) yield piece(print(portion));
      yield piece(']}');
    } catch (error) {
      delivery.onError(error);
      throw error;
    }
  }
}
