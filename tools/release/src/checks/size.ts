import type { Check } from '../packed/packed-package.js';
import { sizeBudgets } from './size-budgets.js';

/** Reports a package over its size budget, or without one. */
export const size: Check = ({ manifest: { name }, packedBytes }) => {
  const kilobytes = Math.ceil(packedBytes / 1000);
  const budget = sizeBudgets[name];
  if (budget === undefined) return [{ code: 'size.no-budget', message: `${name} has no size budget.` }];
  if (kilobytes <= budget) return [];
  return [{ code: 'size.over-budget', message: `${kilobytes} kB are more than ${budget} kB.` }];
};
