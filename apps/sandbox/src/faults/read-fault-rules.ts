import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import { z } from 'zod';
import { type FaultRule, faultRuleSchema } from './fault-rule.js';

const faultRulesSchema = z.array(faultRuleSchema).max(1000);

/** Checks one rule or a list of them. Throws `sandbox.fault.invalid` naming every fault. */
export function readFaultRules(input: unknown): FaultRule[] {
  const reading = faultRulesSchema.safeParse(Array.isArray(input) ? input : [input]);
  if (reading.success) return reading.data;
  throw new FiscalError({
    code: 'sandbox.fault.invalid',
    message: 'the fault rules have faults',
    retryable: false,
    faults: faultsOfZod(reading.error),
  });
}
