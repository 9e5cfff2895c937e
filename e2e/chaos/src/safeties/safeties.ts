import type { Safety } from './safety.js';

/** A small run on SQLite in which answers are lost. */
const smallRun = {
  ledger: 'sqlite',
  gateways: 1,
  receipts: 200,
  kills: 4,
  emphasis: 'lost-answers',
} as const;

/** The safeties that can be taken out, in copies of the built ledger and client that only the laboratory's gateways load; texts as they are built. */
export const safeties = {
  /** Nobody looks whether a key or a claim is taken. */
  'unique-key': {
    ...smallRun,
    replacements: [
      {
        text: 'const holders = holdersOf(row, entry.uniqueKeys);',
        by: 'const holders = [];',
      },
      {
        text: 'INSERT INTO claims VALUES',
        by: 'INSERT OR IGNORE INTO claims VALUES',
      },
      {
        text: 'UNIQUE (merchant, idempotency_key)',
        by: 'CHECK (true)',
      },
    ],
  },
  /** A worker may write its result after it has lost its lease. */
  fencing: {
    ledger: 'postgres',
    gateways: 3,
    receipts: 300,
    kills: 2,
    emphasis: 'stopped-gateways',
    replacements: [
      {
        text: ' AND d.fence = result.fence AND d.worker IS NOT NULL',
        by: '',
      },
      {
        text: 'to_json(d.worker)::text',
        by: "coalesce(to_json(d.worker)::text, 'null')",
      },
    ],
  },
  /** After an unknown outcome, the document is sent again at once. */
  'find-before-resend': {
    ...smallRun,
    replacements: [
      {
        text: 'unknownPlan(provider.capabilities) === "resend"',
        by: 'unknownPlan(provider.capabilities) !== ""',
      },
    ],
  },
  /** A live receipt of the payment that differs is taken for absence. */
  doubtful: {
    ...smallRun,
    emphasis: 'illegible',
    replacements: [
      {
        text: 'if (alike.length + doubtful.length > 0) return {',
        by: 'if (alike.length > 1) return {',
      },
    ],
  },
  /** The request is built anew whenever it is needed, and names the goods as they are called by then. */
  freezing: {
    ...smallRun,
    replacements: [
      {
        text: 'body: plainBytes(row.body)',
        by: `body: (() => {
          const built = JSON.parse(Buffer.from(row.body).toString());
          for (const position of built.positions ?? []) position.name = \`Tea of \${Date.now()}\`;
          return Buffer.from(JSON.stringify(built));
        })()`,
      },
    ],
  },
  /** Nothing waits for an earlier document of its payment. */
  ordering: {
    ...smallRun,
    emphasis: 'refused-often',
    replacements: [
      {
        text: 'unfinishedBefore.one(row) !== void 0',
        by: 'false',
      },
      {
        text: "AND earlier.sequence < candidate.sequence AND earlier.state NOT IN ('registered', 'rejected')",
        by: 'AND false',
      },
      {
        text: 'sale === "open" || sale === "rejected" ? row.depends_on : null',
        by: 'null',
      },
    ],
  },
} as const satisfies Record<string, Safety>;

export type SafetyName = keyof typeof safeties;

/** The names of all safeties. */
export const safetyNames = Object.keys(safeties) as SafetyName[];
