export { FiscalSandbox } from './fiscal-sandbox.js';
export { FiscalTestingModule } from './fiscal-testing.module.js';
export type { FiscalTestingOptions, TestMerchant } from './fiscal-testing-options.js';
