import { emphasisNames } from '../plan/emphasis.js';
import { safetyNames } from '../safeties/safeties.js';
import { defaults } from './settings.js';

/** What `--help` prints. */
export const helpText = `Crashes everything, again and again, and counts what was lost or doubled.

Usage: npm run chaos -- [OPTIONS]

  --receipts N      receipts that clients hand in, confirmations not counted (${defaults.receipts})
  --ledger KIND     sqlite or postgres (sqlite)
  --seed N          what the documents, faults and kills are drawn from (${defaults.seed})
  --gateways N      processes on one PostgreSQL (${defaults.gateways}); SQLite has one
  --kills N         how often a gateway is killed (one for every 90 receipts, 5 at least)
  --emphasis NAME   what goes wrong most (the ledger's own: everything that can):
                    ${emphasisNames.join(', ')}
  --without SAFETY  takes a safety out of the ledger, to show that its absence is seen:
                    ${safetyNames.join(', ')}
  --report FOLDER   where to write the report, in Markdown and JSON (${defaults.reportFolder})
  --help            this text

Exit status: 0 when the books agree, 1 when they do not, 2 when the run could not be made.
`;
