import { errorsByPath, type Fault } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';

/** A 400 that names every fault, by path, as the receipts API's siblings do. */
export function faultsAnswer(faults: readonly Fault[]): Answer {
  const message = 'Error validating transmitted data.';
  return { status: 400, body: { error: { message, errors: errorsByPath(faults) } } };
}
