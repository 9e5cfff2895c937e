export type { Administrator, Configuration } from './configuration/configuration.js';
export { ConfigurationError } from './configuration/configuration-error.js';
export { loadConfiguration } from './configuration/load-configuration.js';
export type { MerchantConfiguration } from './configuration/merchant-schema.js';
export { createLogger, type Logger, type LogLevel } from './logs/logger.js';
export type { Gateway } from './start-application.js';
export { startGateway } from './start-gateway.js';
