import { type Fault, maximumFaults } from '../errors/fault.js';
import type { Receipt, ReceiptDraft } from '../receipt/receipt.js';
import { calculateReceipt } from './calculate-receipt.js';
import { normaliseReceipt, type ReceiptDefaults } from './normalise-receipt.js';
import { validateReceipt } from './validate-receipt.js';

/** Options of a check. */
export interface CheckReceiptOptions extends ReceiptDefaults {
  /** Time by which dated rates are judged; now by default. */
  readonly now?: Date | undefined;
  /** Makes warnings stop the receipt too. */
  readonly warningsAsFaults?: boolean | undefined;
}

/** Result of a check. */
export type CheckedReceipt =
  | { readonly ok: true; readonly receipt: Receipt; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

/**
 * Checks a receipt: normalise, calculate, validate. Returns the receipt in its normal form, or all its faults
 * at once (up to a thousand), by JSON path and with permanent codes. Never throws because of the document.
 */
export function checkReceipt(input: unknown, options: CheckReceiptOptions = {}): CheckedReceipt {
  const { now = new Date(), merchantId, warningsAsFaults = false } = options;
  const normalised = normaliseReceipt(input, options);
  const draft = calculateReceipt(normalised.draft);
  const unreadable = pathsOf(normalised.faults);
  const found = normalised.faults.concat(validateReceipt(draft, { now, merchantId, unreadable }));
  if (found.length === 0) return passed(draft, []);
  const stops = (fault: Fault) => warningsAsFaults || fault.severity === 'fault';
  const faults = found.filter(stops).slice(0, maximumFaults);
  const warnings = found.filter((fault) => !stops(fault));
  if (faults.length > 0) return { ok: false, faults, warnings };
  return passed(draft, warnings);
}

const noPaths: ReadonlySet<string> = new Set();

function pathsOf(faults: readonly Fault[]): ReadonlySet<string> {
  return faults.length === 0 ? noPaths : new Set(faults.map(({ path }) => path));
}

/** Types a draft without faults as a receipt: it has every required field, and its sums are filled in. */
function passed(draft: ReceiptDraft, warnings: readonly Fault[]): CheckedReceipt {
  return { ok: true, receipt: draft as Receipt, warnings };
}
