/** Endpoints of OrangeData in fault rules and call counters. */
export const orangedataEndpoints = ['orangedata.register', 'orangedata.status', 'orangedata.check'] as const;
