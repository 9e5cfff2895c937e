/** The emulated places, as fault rules and call counters name them. */
export const endpointNames = [
  'receipts.create',
  'receipts.get',
  'receipts.list',
  'payments.anor_confirm',
  'payments.click_confirm',
  'payments.payme_confirm',
  'payments.uzum_confirm',
] as const;

export type EndpointName = (typeof endpointNames)[number];

/** What a rule may aim at: one place, a provider's places, or all of them. */
export const endpointPatterns = [...endpointNames, 'receipts.*', 'payments.*', '*'] as const;

export type EndpointPattern = (typeof endpointPatterns)[number];

/** Whether a pattern covers a place. */
export function coversEndpoint(pattern: EndpointPattern, name: EndpointName): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
