import type { Act } from './act.js';
import { interventionInvalid } from './intervention-invalid.js';
import { textFaults } from './text-faults.js';

/** Throws a `FiscalError` with code `intervention.invalid` and all faults unless it is said who acts, and why. */
export function checkAct({ by, reason }: Pick<Act, 'by' | 'reason'>): void {
  const faults = [...textFaults('$.by', by, 64, 'printable'), ...textFaults('$.reason', reason, 500, 'any')];
  if (faults.length > 0) throw interventionInvalid(faults);
}
