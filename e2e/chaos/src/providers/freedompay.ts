import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';
import { contentKey, plannedContentKey } from '../checker/identity.js';
import { checkRecognition, countRecognition } from '../checker/recognition.js';
import { merchantOf, type Shops } from '../generator/merchants.js';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { Profiles } from '../generator/profile.js';
import { allSequences } from '../generator/sequences.js';
import { faultGenerators } from '../nemesis/draw-fault.js';
import { percent } from '../report/run-facts.js';
import type { EmulatedProvider } from './emulated-provider.js';

const inns: Readonly<Record<string, string>> = { '700123': '7709364346', '700124': '5544332219' };
const shops: Shops = { merchants: ['700123', '700124'], rejected: null, receiptFormat: 'ru_1_05' };
const company = { email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.example' } as const;

/**
 * Rewritings of cash registers, each for more than one receipt in ten. Names are rewritten in the order in
 * which a register and the API in front of it do.
 */
const waysOfWriting = rulesFor(0.15, [
  ['cp866'],
  ['cp866-blank'],
  ['cp866-drop'],
  ['yo'],
  ['upper'],
  ['lower'],
  ['cut'],
  ['html'],
  ['reversed'],
  ['number-ids'],
  ['number-ids', 'own-id-filter'],
  ['text-numbers'],
  ['long-quantities'],
  ['upper-words'],
  // Half of the time to settle is left for slow calls.
  ['late:500'],
]);

/** Rewritings that leave it open whether a receipt is ours or another of the payment. */
const illegibleWays = rulesFor(0.3, [['minor-total'], ['without:positions'], ['without:operation_type']]);

function rulesFor(probability: number, ways: readonly (readonly WritingWay[])[]): FaultRuleInput[] {
  return ways.map((as) => ({
    endpoint: 'receipts.create',
    on: { probability },
    fault: { kind: 'write', as: [...as] },
  }));
}

/** Returns rules by which one answer in so many is lost after the document was registered. */
function loseAnswers(every: number): FaultRuleInput[] {
  return [
    { endpoint: 'receipts.create', on: { every }, fault: { kind: 'drop-after' } },
    { endpoint: 'payments.*', on: { every }, fault: { kind: 'drop-after' } },
  ];
}

const { troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly, pausePastLease } =
  faultGenerators;

const turnedAway: FaultRuleInput = {
  endpoint: 'receipts.create',
  on: { probability: 0.5 },
  fault: { kind: 'status', status: 429, retryAfterSeconds: 0 },
};

const profiles = {
  /** All faults of an SQLite ledger; one answer in ten is lost. */
  sqlite: {
    besidesKills: [troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly],
    perKill: 0.6,
    writing: waysOfWriting,
    standingFaults: loseAnswers(10),
  },
  /** All faults of processes on one PostgreSQL; one answer in ten is lost. */
  postgres: {
    besidesKills: [
      troubleProvider,
      killProvider,
      jumpClock,
      refuseWrites,
      pausePastLease,
      faultGenerators.restartDatabase,
      faultGenerators.crashDatabase,
      faultGenerators.breakConnections,
    ],
    perKill: 0.6,
    writing: waysOfWriting,
    standingFaults: loseAnswers(10),
  },
  /** One answer in three is lost. */
  'lost-answers': {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: waysOfWriting,
    standingFaults: loseAnswers(3),
  },
  /** One answer in three is lost, and many receipts are shown illegibly. */
  illegible: {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: illegibleWays,
    standingFaults: loseAnswers(3),
  },
  /** Clocks are wrong most of the time. */
  'wrong-clocks': { besidesKills: [jumpClock], perKill: 2, writing: [], standingFaults: loseAnswers(5) },
  /** Every second document is refused without being processed, to be sent again at once. */
  'refused-often': {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: [],
    standingFaults: [turnedAway],
  },
  /** The same from a slow provider, whose calls are always in flight while gateways pause past leases. */
  'stopped-gateways': {
    besidesKills: [pausePastLease],
    perKill: 3,
    writing: [],
    standingFaults: [turnedAway, { endpoint: 'receipts.create', fault: { kind: 'delay', ms: 700 } }],
  },
} as const satisfies Profiles;
/**
 * Longest time of one attempt, and of the provider's processing after it. The provider's delays before
 * processing stay below the second; a shorter time would make the harness itself double documents.
 */
const attemptMs = 1_000;
const settlesWithinMs = 2_500;

/** FreedomPay, with FiscalBox for confirmations: no key of ours, every request makes a receipt. */
export const freedompay: EmulatedProvider = {
  shops,
  sequences: allSequences,
  profiles,
  sandbox: {
    merchants: shops.merchants.map(merchantOf).map(({ id, providerId, providerKey }) => ({
      id: providerId,
      secretKey: providerKey,
      company: { inn: inns[id] ?? '', ...company },
    })),
  },
  memoryMs: null,
  times: [],
  configurationOf: ({ id, providerId }, { url, secret }) => ({
    company: { inn: inns[id], ...company },
    freedompay: { baseUrl: url, merchantId: providerId, secretKey: secret, attemptMs, settlesWithinMs },
    fiscalbox: { baseUrl: url, attemptMs },
  }),
  rejections,
  receipts: ({ receipts }) => receipts,
  /** Receipts with the content of the document that no other entry has. */
  async receiptsOf({ document, journal, boundIds }) {
    const bound = await boundIds();
    if (bound === null) return null;
    const { receipts } = await journal(document.paymentId);
    return receipts.filter(
      (receipt) =>
        receipt.merchant_id === merchantOf(document.merchant).providerId &&
        contentKey(receipt) === plannedContentKey(document) &&
        !bound.has(receipt.receipt_id),
    );
  },
  review(observations) {
    const recognition = countRecognition(observations);
    const { lost, recognised, doubtful } = recognition;
    return {
      line: `answers lost ${lost}, recognised ${recognised} (${percent(recognised, lost)}), doubtful ${doubtful}`,
      heading: 'Lost answers',
      remark:
        'Lost answers are counted where only one receipt could be meant; what is doubtful is settled by a person in the end.',
      tables: {},
      facts: { recognition },
      violations: checkRecognition(recognition),
    };
  },
};

function rejections(documents: readonly PlannedDocument[]): FaultRuleInput[] {
  const rejected = documents.filter(({ outcome }) => outcome === 'rejected');
  return rejected.map((document) => ({
    paymentId: document.paymentId,
    fault: { kind: 'reject' },
    ...(document.kind === 'receipt'
      ? { endpoint: 'receipts.create', operationType: document.operation }
      : { endpoint: `payments.${document.wallet}_confirm` }),
  }));
}
