/** What Nest injects by: symbols of our own, shared by every copy of the package. */
export const CONFIGURATION = Symbol.for('fiscalkit.gateway.configuration');
export const LOGGER = Symbol.for('fiscalkit.gateway.logger');
export const METRICS = Symbol.for('fiscalkit.gateway.metrics');
export const MERCHANTS = Symbol.for('fiscalkit.gateway.merchants');
export const STOPPING = Symbol.for('fiscalkit.gateway.stopping');
