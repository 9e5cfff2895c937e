export { FiscalSandbox } from './fiscal-sandbox.js';
export { FiscalTestingModule } from './fiscal-testing.module.js';
export type { FiscalTestingOptions } from './fiscal-testing-options.js';
export type { TestMerchant } from './test-merchant.js';
