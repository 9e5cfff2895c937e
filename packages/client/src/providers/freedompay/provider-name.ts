/** The name under which entries remember FreedomPay. */
export const providerName = 'freedompay';
