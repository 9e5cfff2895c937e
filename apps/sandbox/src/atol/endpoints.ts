/** Endpoints of ATOL Online in fault rules and call counters. */
export const atolEndpoints = ['atol.get_token', 'atol.register', 'atol.report'] as const;
