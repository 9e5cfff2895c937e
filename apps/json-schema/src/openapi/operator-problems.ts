import { outage, type Problem, problem } from './problem.js';

/** An administrator whose role does not open the route. */
export const roleProblem = problem(
  403,
  'access.role',
  'This needs the role operate; the administrator of this key has the role read.',
);

/** A merchant that the administrator is not for. */
export const otherMerchantProblem = problem(
  403,
  'access.merchant',
  'The administrator of this key is for other merchants.',
);

/** Reasons why an action on an entry is not possible. */
export const entryProblems: readonly Problem[] = [
  problem(404, 'entry.not-found', 'There is no entry of this id.'),
  outage(409, 'entry.busy', 'A worker holds the entry just now, or it changed meanwhile.'),
  problem(409, 'entry.state', 'This is not possible in the state of the entry.'),
];

/** An act that is not done to all entries that match a filter. */
export const evidenceProblem = problem(
  409,
  'intervention.needs-evidence',
  'To resolve needs evidence for each entry, so it is not done to all that match a filter: look up each entry, and resolve it by its id.',
);

/** Reasons why an action on an account is not possible. */
export const accountProblems: readonly Problem[] = [
  problem(409, 'account.configured', 'The account is configured, so its entries are delivered.'),
  problem(409, 'account.other', 'The merchant has no account now, or one with another id at the provider.'),
];

/** An account that the merchant does not have. */
export const unknownAccountProblem = problem(
  409,
  'account.unknown',
  'The merchant has no such account for this document; it has: 542088@https://api.freedompay.uz.',
);
