import { readPublished } from '@fiscalkit/json-schema';
import { amountToNumber, multiplyAmount, parseAmount, parseQuantity, type Receipt } from '@fiscalkit/schemas';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

const schemaName = 'schemas/2020-12/receipt.json';

/**
 * What a program in another language does: it compiles the published schema, and fills in and compares the sums itself. Ajv runs
 * with its defaults but for the words of our own that the schema carries; it stops at the first fault.
 */
export function ajvCheck(): (document: unknown) => Receipt {
  const ajv = new Ajv2020({ strictSchema: false });
  ajvFormats.default(ajv);
  const isStructured = ajv.compile<Receipt>(Object(readPublished(schemaName)));
  return (document) => {
    if (!isStructured(document)) throw new Error(ajv.errorsText(isStructured.errors));
    return withSums(document);
  };
}

function withSums(receipt: Receipt): Receipt {
  const sums = receipt.positions.map(({ price, quantity }) =>
    multiplyAmount(parseAmount(price), parseQuantity(quantity)),
  );
  const total = sums.reduce((sum, each) => sum + each, 0);
  const settled = receipt.settlements.reduce((sum, each) => sum + parseAmount(each.sum), 0);
  if (settled !== total) throw new Error(`${settled} settled of ${total}`);
  const positions = receipt.positions.map((position, index) => ({
    ...position,
    sum: amountToNumber(sums[index] ?? 0),
  }));
  return { ...receipt, positions, total: amountToNumber(total) } as Receipt;
}
