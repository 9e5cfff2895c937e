import { FiscalError, type JsonFlaw, readStrictJson } from '@fiscalkit/schemas';

/** Code and message of the error for each flaw of a body. */
function refusalOf(flaw: JsonFlaw, maxDepth: number): { code: string; message: string } {
  switch (flaw) {
    case 'encoding':
      return { code: 'body.encoding', message: 'The body is not valid UTF-8.' };
    case 'syntax':
      return { code: 'body.json.invalid', message: 'The body is not valid JSON.' };
    case 'depth':
      return { code: 'body.json.depth', message: `The body is nested deeper than ${maxDepth} levels.` };
    case 'duplicate-key':
      return { code: 'body.json.duplicate-key', message: 'An object of the body names a key twice.' };
    case 'number':
      return {
        code: 'body.json.number',
        message: 'The body has a number that can not be read exactly as it was sent.',
      };
    case 'text':
      return {
        code: 'body.json.text',
        message: 'The body has a text with half a character or the character U+0000.',
      };
  }
}

/**
 * Reads a JSON body of a request. Throws a `FiscalError` with code `body.missing`, `body.encoding`,
 * `body.json.invalid`, `body.json.depth`, `body.json.duplicate-key`, `body.json.number` or `body.json.text`:
 * a document that two parsers could read differently must not become a receipt.
 */
export function parseStrictJson(bytes: Uint8Array | undefined, maxDepth: number): unknown {
  if (bytes === undefined || bytes.length === 0) {
    throw new FiscalError({
      code: 'body.missing',
      message: 'The request has no body.',
      retryable: false,
    });
  }
  const reading = readStrictJson(bytes, maxDepth);
  if (!reading.ok) throw new FiscalError({ ...refusalOf(reading.flaw, maxDepth), retryable: false });
  return reading.value;
}
