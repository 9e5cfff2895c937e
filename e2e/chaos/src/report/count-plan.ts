import type { Plan } from '../plan/plan.js';

/** How much of everything a plan holds. */
export function countPlan({ stories, documents }: Plan): Record<string, number> {
  const steps = stories.flatMap((story) => story.steps);
  const handIns = steps.filter((step) => step.kind === 'hand-in');
  const receipts = documents.flatMap(({ document }) => (document.kind === 'receipt' ? [document] : []));
  const refunds = receipts.filter(({ operation }) => operation === 'sell_refund').length;
  return {
    sales: receipts.length - refunds,
    refunds,
    confirmations: documents.length - receipts.length,
    'to be rejected': documents.filter(({ document }) => document.outcome === 'rejected').length,
    'planned repeats': handIns.reduce((sum, { copies }) => sum + copies, 0) - documents.length,
    'planned conflicts': steps.length - handIns.length,
  };
}
