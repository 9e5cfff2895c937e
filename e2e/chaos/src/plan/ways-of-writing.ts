import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';

/** How likely each way is for a receipt; every one of them strikes at least one receipt in ten. */
const probability = 0.15;

/**
 * How the provider writes what it registers. Names are rewritten in the order in which a register and the API in front of it do. Left
 * out are ways after which nobody could tell what a receipt was: fields that are missing, a total in other units.
 */
const ways: readonly (readonly WritingWay[])[] = [
  ['cp866'],
  ['cp866-blank'],
  ['cp866-drop'],
  ['yo'],
  ['upper'],
  ['lower'],
  ['cut'],
  ['html'],
  ['reversed'],
  ['number-ids'],
  ['number-ids', 'own-id-filter'],
  ['text-numbers'],
  ['long-quantities'],
  ['upper-words'],
  ['late:1000'],
];

/** The rules by which the provider writes, from the first receipt to the last. */
export const waysOfWriting: readonly FaultRuleInput[] = ways.map((as) => ({
  endpoint: 'receipts.create',
  on: { probability },
  fault: { kind: 'write', as: [...as] },
}));
