/** Name under which entries store FreedomPay. */
export const providerName = 'freedompay';
