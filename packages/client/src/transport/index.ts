export type { AttemptRequest } from './attempt.js';
export { readBaseUrl } from './base-url.js';
export type { Outcome } from './outcome.js';
export { createTransport, type Transport, type TransportSettings } from './transport.js';
