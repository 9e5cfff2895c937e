import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, sqlite } from '@fiscalkit/nestjs';

export const fiscal = FiscalModule.forRoot({
  ledger: sqlite({ path: 'data/fiscal.sqlite' }),
  merchants: {
    shop: {
      receiptMerchantId: '542088',
      provider: () => createFreedompay({ merchantId: '542088', secretKey: 'secret_key' }),
    },
  },
});
