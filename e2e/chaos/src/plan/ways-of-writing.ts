import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';

/**
 * How registers write, each way for more than one receipt in ten. Names are rewritten in the order in which a register and the API in
 * front of it do.
 */
export const waysOfWriting = rulesFor(0.15, [
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
  // Half of the time to settle stays for calls that are slow themselves.
  ['late:500'],
]);

/** Ways after which nobody can tell what a receipt is: it may be ours, or another of the payment. */
export const illegibleWays = rulesFor(0.3, [
  ['minor-total'],
  ['without:positions'],
  ['without:operation_type'],
]);

/** Whether what is shown of a receipt tells what it is. */
export function isLegible(writing: readonly WritingWay[]): boolean {
  return !writing.some((way) => way === 'minor-total' || way.startsWith('without:'));
}

function rulesFor(probability: number, ways: readonly (readonly WritingWay[])[]): FaultRuleInput[] {
  return ways.map((as) => ({
    endpoint: 'receipts.create',
    on: { probability },
    fault: { kind: 'write', as: [...as] },
  }));
}
