export { freePort } from '@fiscalkit/postgres-server';
export {
  type GatewayProgram,
  type SandboxProgram,
  startGatewayProgram,
  startGatewayWithSandbox,
  startSandboxProgram,
} from './gateway-and-sandbox.js';
export { killPrograms, type Program, type ProgramOptions, startProgram } from './program.js';
export { askForReceipt, demoMerchant, readReceipt, sampleSale, signRequest } from './sample-shop.js';
export { until } from './until.js';
