/** Injection tokens; `Symbol.for` shares them among all copies of the package. */
export const CONFIGURATION = Symbol.for('fiscalkit.gateway.configuration');
export const LOGGER = Symbol.for('fiscalkit.gateway.logger');
export const METRICS = Symbol.for('fiscalkit.gateway.metrics');
export const MERCHANTS = Symbol.for('fiscalkit.gateway.merchants');
export const AUTHENTICATION_THROTTLE = Symbol.for('fiscalkit.gateway.throttle');
export const ADMINISTRATORS = Symbol.for('fiscalkit.gateway.administrators');
export const PROVIDER_PLANS = Symbol.for('fiscalkit.gateway.provider-plans');
export const REPLAY_GUARDS = Symbol.for('fiscalkit.gateway.replay-guards');
export const STOPPING = Symbol.for('fiscalkit.gateway.stopping');
export const PAGES = Symbol.for('fiscalkit.gateway.pages');
