/** The merchant whom the gateway's demo and the sandbox know from the start. */
export const demoMerchant = { merchantId: '542088', secretKey: 'secret_key' } as const;
