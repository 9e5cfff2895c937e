/** The name under which entries remember FiscalBox. */
export const providerName = 'fiscalbox';
