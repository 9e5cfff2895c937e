import {
  type CorrectionOperationType,
  correctionOperationTypes,
  type OperationType,
  operationTypes,
} from '@fiscalkit/schemas';

/** Last part of the path that registers a document. */
export type AtolOperation = OperationType | CorrectionOperationType;

/** Value of tag 1054 of each operation. */
export const calculationSigns = { ...operationTypes, ...correctionOperationTypes };

const ofV5Alone: readonly string[] = ['sell_refund_correction', 'buy_refund_correction'];

/** Returns the kind of document that an operation takes; `null` for one that the version does not know. */
export function kindOf(operation: string, version: 'v4' | 'v5'): 'receipt' | 'correction' | null {
  if (Object.hasOwn(operationTypes, operation)) return 'receipt';
  const isKnown = Object.hasOwn(correctionOperationTypes, operation);
  return isKnown && (version === 'v5' || !ofV5Alone.includes(operation)) ? 'correction' : null;
}
