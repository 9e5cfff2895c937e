import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
import {
  accountProblems,
  entryProblems,
  evidenceProblem,
  otherMerchantProblem,
  roleProblem,
  unknownAccountProblem,
} from './operator-problems.js';
import type { Problem } from './problem.js';
import {
  actionProblem,
  bodyProblems,
  boundProblems,
  idempotencyProblems,
  keyProblems,
  ledgerProblem,
  listProblems,
  pathProblem,
  queryProblem,
  routeProblem,
} from './problems.js';
import { receiptProblems } from './receipt-problems.js';
import { parameterRef } from './references.js';

const tags = ['Administration'];
const security = [{ administratorKey: [] }];
const always = [...keyProblems, ...boundProblems, ledgerProblem];
const requestId = parameterRef('X-Request-Id');
const keyFormatProblems = idempotencyProblems.filter(({ code }) => code === 'idempotency.key.format');
const readProblems = entryProblems.filter(({ status }) => status === 404);

const states = 'accepted|sending|pending|unknown|registered|rejected|parked';

function filter(name: string, description: string, pattern: string, example: string) {
  return { name, in: 'query', description, schema: { type: 'string', pattern }, example };
}

const filters = [
  filter('state', 'States, separated by commas.', `^(?:${states})(?:,(?:${states}))*$`, 'unknown,parked'),
  filter('merchant', 'Entries of this merchant.', '^[\\s\\S]+$', '542088'),
  filter(
    'older_than_ms',
    'Entries that have been in their state for so many milliseconds; parked and rejected ones always show. 10 minutes when absent.',
    '^[0-9]{1,12}$',
    '600000',
  ),
  filter('offset', 'How many entries to skip.', '^[0-9]{1,10}$', '0'),
  filter('limit', 'How many entries to answer; 1–1000, 100 when absent.', '^[0-9]{1,4}$', '100'),
];

/**
 * The routes for administrators, about entries that delivery can't settle by itself. Served when
 * administrators are configured.
 */
export const entryPaths = {
  '/admin/entries': {
    get: {
      operationId: 'listStuckEntries',
      tags,
      security,
      summary: 'List entries that wait for a person',
      description:
        'Longest unchanged first, of the merchants that the administrator is for. Without administrators in the configuration, the routes answer 404.',
      parameters: [...filters, requestId],
      responses: {
        200: goodAnswer('The entries.', 'entry-list-answer'),
        ...errorAnswers([queryProblem, routeProblem, otherMerchantProblem, ...always]),
      },
    },
  },
  '/admin/entries/{entry_id}': {
    get: {
      operationId: 'getEntry',
      tags,
      security,
      summary: 'Get an entry and its journal',
      parameters: [parameterRef('entry_id'), requestId],
      responses: {
        200: goodAnswer('The entry.', 'entry-history-answer'),
        ...errorAnswers([...readProblems, routeProblem, pathProblem, ...always]),
      },
    },
  },
  '/admin/acts': {
    post: {
      operationId: 'actOnMany',
      tags,
      security,
      summary: 'Act on all entries that match a filter',
      description: [
        'A dry run tells what would be done. Each entry has its row in the journal, with the id of the batch. Cut off in the middle, the',
        'same call goes on: it acts on no entry twice. An Idempotency-Key makes another batch of the same call.',
      ].join('\n'),
      parameters: [parameterRef('Idempotency-Key'), requestId],
      requestBody: {
        required: true,
        description: 'What, to which entries, and why.',
        content: jsonOf('many-acts'),
      },
      responses: {
        200: goodAnswer('What was done, or would be.', 'many-acts-answer'),
        ...errorAnswers([
          ...bodyProblems,
          ...keyFormatProblems,
          evidenceProblem,
          ...listProblems.filter(({ code }) => code === 'lists.timeout'),
          roleProblem,
          otherMerchantProblem,
          routeProblem,
          actionProblem,
          ...always,
        ]),
      },
    },
  },
  ...action('look-up', 'act', {
    id: 'lookUpEntry',
    summary: 'Look at the provider now',
    description: 'For what the provider has, or may have: the next look is due now.',
  }),
  ...action('release', 'act', {
    summary: 'Let go what was stopped',
    description: 'For what is parked, or held because of its sale.',
  }),
  ...action('retry', 'act', {
    summary: 'Make the next step due now',
    description: 'A parked entry goes back to delivery.',
  }),
  ...action('park', 'act', {
    summary: 'Stop delivery until a person acts',
    description: 'Later entries of its payment wait.',
  }),
  ...action('resolve', 'resolve-act', {
    summary: 'Write what became of the document',
    description: 'The entry becomes final.',
  }),
  ...action('resubmit', 'resubmit-act', {
    summary: 'Hand a rejected document in again',
    description: 'Answers the new entry, with the corrected document or the same.',
  }),
  ...action('move', 'move-act', {
    summary: 'Move a document that nobody has processed to another account',
    description:
      'Answers the new entry, frozen anew for that account; the old one is rejected with `intervention.moved`.',
    problems: [receiptProblems.unsupported, unknownAccountProblem],
  }),
  '/admin/accounts/settle': {
    post: {
      operationId: 'settleAccount',
      tags,
      security,
      summary: 'Settle all that waits for an account',
      description:
        'For an account that is not configured any more; every entry has its row in the journal. It needs the role admin.',
      parameters: [requestId],
      requestBody: { required: true, description: 'Why, and what.', content: jsonOf('account-act') },
      responses: {
        200: goodAnswer('What came of it.', 'account-act-answer'),
        ...errorAnswers([
          ...bodyProblems,
          ...accountProblems,
          roleProblem,
          otherMerchantProblem,
          routeProblem,
          actionProblem,
          ...always,
        ]),
      },
    },
  },
};

interface Action {
  /** Id of the operation, where the name is no word. */
  readonly id?: string;
  readonly summary: string;
  readonly description: string;
  /** Errors that the other actions do not have. */
  readonly problems?: readonly Problem[];
}

function action(
  name: string,
  document: string,
  { id = `${name}Entry`, summary, description, problems = [] }: Action,
) {
  const post = {
    operationId: id,
    tags,
    security,
    summary,
    description,
    parameters: [parameterRef('entry_id'), requestId],
    requestBody: { required: true, description: 'Why, and what.', content: jsonOf(document) },
    responses: {
      200: goodAnswer('The entry after the act.', 'entry-answer'),
      ...errorAnswers([
        ...bodyProblems,
        ...entryProblems,
        ...problems,
        roleProblem,
        routeProblem,
        pathProblem,
        actionProblem,
        ...always,
      ]),
    },
  };
  return { [`/admin/entries/{entry_id}/${name}`]: { post } };
}
