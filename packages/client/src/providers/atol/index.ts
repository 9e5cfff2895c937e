export {
  type AtolClient,
  type AtolReceipt,
  type AtolWaitOptions,
  type CreateOptions,
  createAtolClient,
} from './atol-client.js';
export { createAtol } from './atol-provider.js';
export { atol } from './factory.js';
export type { AtolSettings, AtolVersion } from './settings.js';
