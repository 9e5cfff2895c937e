import type { Comparison, Contestant } from '../comparison/comparison.js';
import { formatNumber } from '../report/format-number.js';
import type { Row } from '../row.js';
import { besideLists, type Findings, listsAtOnce, looks, perSecond, type Turn } from './beside-lists.js';
import { largeLedgers } from './large-ledgers.js';

const full = { receipts: 200_000, seconds: 30 };
const quick = { receipts: 5_000, seconds: 3 };

const beside = `${listsAtOnce} lists at once`;

/** What somebody meets who hands in receipts, or looks whether the gateway is well, while one merchant reads lists. */
export const readers: Row = {
  name: 'readers',
  title: `${listsAtOnce} lists at once of one merchant's 200,000 receipts, beside ${perSecond} receipts/s`,
  async measure({ quick: isQuick, tell }) {
    const { receipts, seconds } = isQuick ? quick : full;
    const comparisons: Comparison[] = [];
    for (const { name, withReceipts } of largeLedgers) {
      const findings = await withReceipts(receipts, (ledgerUrl) => {
        tell(`${formatNumber(receipts)} receipts are in the ledger on ${name}`);
        return besideLists({ ledgerUrl, receipts, seconds, tell });
      });
      comparisons.push(...compare(findings, name, seconds));
    }
    return comparisons;
  },
};

function compare(findings: Findings, store: string, seconds: number): Comparison[] {
  const { alone, beside: turn, megabytes, lists } = findings;
  const contestants = (sample: (turn: Turn) => number): Contestant[] => [
    { name: 'no lists, before and after', samples: alone.map(sample) },
    { name: beside, samples: [sample(turn)] },
  ];
  return [
    {
      what: `POST /v5/receipts at ${perSecond}/s for ${seconds} s, p99, ${store}`,
      unit: 'ms',
      contestants: contestants(({ acceptMs }) => acceptMs),
      bars: [{ kind: 'at most', value: 50, of: beside }],
    },
    ...looks.map(
      (path): Comparison => ({
        what: `GET ${path}, p99, ${store}`,
        unit: 'ms',
        contestants: contestants(({ lookMs }) => lookMs[path] ?? Number.NaN),
        bars: path === '/health/ready' ? [{ kind: 'at most', value: 20, of: beside }] : [],
      }),
    ),
    {
      what: `the gateway's own process, ${store}`,
      unit: 'processors at work',
      contestants: contestants(({ processors }) => processors ?? Number.NaN),
      bars: [],
    },
    {
      what: `most memory of the gateway, ${store}`,
      unit: 'MB',
      contestants: [{ name: beside, samples: [megabytes] }],
      bars: [{ kind: 'at most', value: 1_000, of: beside }],
    },
    {
      what: `lists answered, ${store}`,
      unit: 'lists/s',
      contestants: [{ name: beside, samples: [(lists['200'] ?? 0) / seconds] }],
      bars: [],
    },
  ];
}
