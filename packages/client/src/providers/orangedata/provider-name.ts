/** Name under which entries store OrangeData. */
export const providerName = 'orangedata';
