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
  searchCursorProblem,
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

const time = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+ -]\\d{2}:\\d{2})$';

const filters = [
  filter(
    'state',
    'States, separated by commas; registered searches.',
    `^(?:${states})(?:,(?:${states}))*$`,
    'unknown,parked',
  ),
  filter('merchant', 'Entries of this merchant.', '^[\\s\\S]+$', '542088'),
  filter(
    'q',
    'Entries with this id, payment, idempotency key, provider document id, fiscal document number, fiscal sign or attribute, receipt link, QR code or total; 1–1024 characters.',
    '^[\\s\\S]{1,1024}$',
    '764239789',
  ),
  filter('provider', 'Entries for this provider; searches.', '^[\\s\\S]{1,255}$', 'freedompay'),
  filter(
    'account',
    "Entries for this provider's account; searches.",
    '^[\\s\\S]{1,2048}$',
    ':542088@https://api.freedompay.uz',
  ),
  filter(
    'operation',
    'receipt, correction, or confirmation. and the wallet; searches.',
    '^[\\s\\S]{1,255}$',
    'receipt',
  ),
  filter('operation_type', 'What receipts or corrections record; searches.', '^[\\s\\S]{1,255}$', 'sell'),
  filter('reason', 'Code of the reason of an entry; searches.', '^[\\s\\S]{1,255}$', 'provider.timeout'),
  filter(
    'from',
    'Entries accepted at this time or later; RFC 3339 with a zone; searches.',
    time,
    '2026-03-01T09:00:00Z',
  ),
  filter(
    'to',
    'Entries accepted before this time; RFC 3339 with a zone; searches.',
    time,
    '2026-03-02T09:00:00Z',
  ),
  filter(
    'cursor',
    'next_cursor of the page before of the same search.',
    '^[A-Za-z0-9_-]+$',
    'MS40MTcuMGE1ZjFjNmU3ZDg5YjQyMw',
  ),
  filter(
    'older_than_ms',
    'Entries that have been in their state for so many milliseconds; parked and rejected ones always show. 10 minutes when absent. Not for a search.',
    '^[0-9]{1,12}$',
    '600000',
  ),
  filter('offset', 'How many entries to skip; not for a search.', '^[0-9]{1,10}$', '0'),
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
      summary: 'List entries that wait for a person, or search among all',
      description:
        'What waits comes longest unchanged first. With q, cursor, or a filter that says so, all entries are searched, newest first; a page may be shorter than its limit although next_cursor names more. Only of the merchants that the administrator is for. Without administrators in the configuration, the routes answer 404.',
      parameters: [...filters, requestId],
      responses: {
        200: goodAnswer('The entries.', 'entry-list-answer'),
        ...errorAnswers([queryProblem, searchCursorProblem, routeProblem, otherMerchantProblem, ...always]),
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
