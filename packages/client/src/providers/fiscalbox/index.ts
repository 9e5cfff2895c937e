export {
  type ConfirmationInput,
  createFiscalboxClient,
  type FiscalboxClient,
} from './fiscalbox-client.js';
export { createFiscalbox } from './fiscalbox-provider.js';
export type { FiscalboxSettings } from './settings.js';
