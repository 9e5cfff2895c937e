export { createFreedompayClient, type FreedompayClient, type WaitOptions } from './freedompay-client.js';
export { createFreedompay } from './freedompay-provider.js';
export type { ListFilter } from './list-receipts.js';
export type { FreedompaySettings } from './settings.js';
