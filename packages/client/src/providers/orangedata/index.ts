export { orangedata } from './factory.js';
export {
  type CreateOptions,
  createOrangedataClient,
  type OrangedataClient,
  type OrangedataReceipt,
  type OrangedataWaitOptions,
} from './orangedata-client.js';
export { createOrangedata } from './orangedata-provider.js';
export type { OrangedataFormat, OrangedataSettings } from './settings.js';
