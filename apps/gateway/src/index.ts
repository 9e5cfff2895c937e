export type { Configuration, MerchantConfiguration } from './configuration/configuration.js';
export { ConfigurationError } from './configuration/configuration-error.js';
export { loadConfiguration } from './configuration/load-configuration.js';
export { createLogger, type Logger, type LogLevel } from './logs/logger.js';
export { type Gateway, startGateway } from './start-gateway.js';
