import type { Row } from '../row.js';
import { compareChecks } from './compare-checks.js';
import { compareJson } from './compare-json.js';

/** Positions of a receipt, and calls for one sample: samples of about equal length. */
const sizes = [
  { positionCount: 2, calls: 50 },
  { positionCount: 100, calls: 3 },
];

const full = { warmUpRounds: 300, rounds: 3_000 };
const quick = { warmUpRounds: 20, rounds: 50 };

/** What the check of a receipt costs above reading its text. */
export const parse: Row = {
  name: 'parse',
  title: 'receipt from JSON text to checked document with calculated totals, 2 and 100 positions',
  measure(circumstances) {
    const effort = circumstances.quick ? quick : full;
    circumstances.tell('receipts of 2 and of 100 positions: read, checked, written');
    const comparisons = sizes.flatMap(({ positionCount, calls }) => [
      compareChecks(positionCount, { ...effort, calls }),
      ...compareJson(positionCount, { ...effort, calls }),
    ]);
    return Promise.resolve(comparisons);
  },
};
