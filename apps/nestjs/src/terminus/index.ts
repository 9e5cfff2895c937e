export { FiscalHealthIndicator } from './fiscal.health.js';
