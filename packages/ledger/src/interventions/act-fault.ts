import { type Fault, type RuleCode, ruleOf } from '@fiscalkit/schemas';

/** The fault that a broken rule stands for in this place of an act. */
export function actFault(code: RuleCode, path: string): Fault {
  const { message, severity } = ruleOf(code);
  return { code, path, message: `${message}.`, severity };
}
