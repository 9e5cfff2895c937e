import {
  type CorrectionOperationType,
  correctionOperationTypes,
  FiscalError,
  faultsOfZod,
  type OperationType,
  operationTypes,
} from '@fiscalkit/schemas';
import { z } from 'zod';
import { isOwnFaultKind } from '../emulators/emulator.js';
import { emulatorOf } from '../emulators/emulators.js';
import { isOfList, isOfNames, writingChoices } from '../writing/writing-way.js';
import { coversEndpoint, type EndpointName, endpointNames, endpointPatterns } from './endpoint-name.js';
import { type Fault, faultSchema } from './fault.js';

const occasion = z.union([
  z.strictObject({ call: z.int().min(1) }).describe('The n-th call that the rule covers'),
  z.strictObject({ every: z.int().min(1) }).describe('Every n-th call that the rule covers'),
  z.strictObject({ probability: z.number().min(0).max(1) }).describe('At random, drawn from the seed'),
]);

type OperationName = OperationType | CorrectionOperationType;

const operationNames = Object.keys({ ...operationTypes, ...correctionOperationTypes }) as OperationName[];

/** Schema of a fault and the calls that it applies to; without `on` all calls of the endpoint. */
const faultRuleSchema = z
  .strictObject({
    endpoint: z.enum(endpointPatterns),
    on: occasion.optional(),
    /** How many times the fault is applied at most. */
    times: z.int().min(1).optional(),
    /** Restricts the rule to calls about this payment. */
    paymentId: z.string().min(1).max(128).optional(),
    /** Restricts the rule to requests that register a document of this operation: `sell`, `sell_refund`, `sell_correction`, … */
    operationType: z.enum(operationNames).optional(),
    fault: faultSchema,
  })
  .refine(
    (rule) => endpointNames.some((name) => coversEndpoint(rule.endpoint, name) && canApply(rule.fault, name)),
    {
      path: ['fault', 'kind'],
      error: 'this fault can never strike at this endpoint',
    },
  );

export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type FaultRule = z.output<typeof faultRuleSchema>;

/**
 * Returns whether a fault can apply to an endpoint. Outcomes exist where something is registered;
 * confirmations are never pending.
 */
export function canApply(fault: Fault, name: EndpointName): boolean {
  const emulator = emulatorOf(name);
  const registers = emulator?.register === name;
  if (isOwnFaultKind(fault.kind)) {
    const isOfReceipts = fault.kind === 'stay-pending' && name === 'receipts.create';
    return isOfReceipts || (registers && emulator.faults.includes(fault.kind));
  }
  if (fault.kind === 'error') return emulator !== null;
  if (fault.kind === 'confirm-as') return name.startsWith('payments.');
  if (fault.kind === 'write')
    return fault.as.some((way) =>
      registers ? isOfNames(way) : name === (isOfList(way) ? 'receipts.list' : 'receipts.create'),
    );
  if (fault.kind === 'reject') return name === 'receipts.create' || name.startsWith('payments.');
  return true;
}

const faultRulesSchema = z.array(faultRuleSchema).max(1000);

/** Parses one rule or a list of rules. Throws `sandbox.fault.invalid` with every fault in them. */
export function readFaultRules(input: unknown): FaultRule[] {
  const reading = faultRulesSchema.safeParse(Array.isArray(input) ? input : [input]);
  if (reading.success) return reading.data;
  const faults = faultsOfZod(reading.error);
  const isAboutWriting = faults.some(({ path }) => path.includes('.fault.as'));
  throw new FiscalError({
    code: 'sandbox.fault.invalid',
    message: `the fault rules have faults${isAboutWriting ? `: ${writingChoices}` : ''}`,
    retryable: false,
    faults,
  });
}
