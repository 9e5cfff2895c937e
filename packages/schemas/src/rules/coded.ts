import type { RuleCode } from './rules.js';

/** Gives one check of a schema its own code. */
export function coded(code: RuleCode): { error: RuleCode } {
  return { error: code };
}
