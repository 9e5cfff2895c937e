export { FiscalSandbox } from './fiscal-sandbox.js';
export { FiscalTestingModule, type FiscalTestingOptions } from './fiscal-testing.module.js';
export type { TestMerchant } from './test-merchant.js';
