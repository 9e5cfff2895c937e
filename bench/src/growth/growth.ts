import { formatNumber } from '../report/format-number.js';
import type { Row } from '../row.js';
import { comparePostgresSizes } from './postgres-sizes.js';
import { compareSqliteSizes } from './sqlite-sizes.js';

const full = { sizes: [10_000, 100_000, 1_000_000], effort: { warmUpRounds: 30, rounds: 150 } };
const quick = { sizes: [10_000, 15_000, 20_000], effort: { warmUpRounds: 2, rounds: 10 } };

/** What a million finished receipts cost those that come after them. */
export const growth: Row = {
  name: 'growth',
  title: 'accept, claim, settle, get and list with 10,000 to 1,000,000 finished receipts, both stores',
  async measure(circumstances) {
    const { sizes, effort } = circumstances.quick ? quick : full;
    const amounts = sizes.map(formatNumber).join(', ');
    circumstances.tell(`SQLite files with ${amounts} finished receipts; filling takes a while`);
    const sqlite = await compareSqliteSizes(sizes, effort);
    circumstances.tell(`PostgreSQL with ${amounts} finished receipts`);
    return [...sqlite, ...(await comparePostgresSizes(sizes, effort))];
  },
};
