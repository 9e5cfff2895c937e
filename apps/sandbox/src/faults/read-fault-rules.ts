import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import { z } from 'zod';
import { writingChoices } from '../writing/writing-way.js';
import { type FaultRule, faultRuleSchema } from './fault-rule.js';

const faultRulesSchema = z.array(faultRuleSchema).max(1000);

/** Checks one rule or a list of them. Throws `sandbox.fault.invalid` naming every fault. */
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
