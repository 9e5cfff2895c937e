import { createFreedompay } from '@fiscalkit/client/freedompay';
import { Inject, Injectable, Module } from '@nestjs/common';
import { type FiscalEvent, FiscalModule, FiscalService, OnFiscalEvent, sqlite } from './index.js';

@Injectable()
export class Orders {
  readonly links: string[] = [];

  constructor(@Inject(FiscalService) private readonly fiscal: FiscalService) {}

  async paid(order: { id: string; email: string; total: string }) {
    const tea = { name: 'Tea', price: order.total, quantity: 1, vat_code: 'vat_22' } as const;
    const { receipt } = await this.fiscal.receipts.create({
      idempotencyKey: `order-${order.id}`,
      receipt: {
        receipt_format: 'ru_1_05',
        merchant_id: '542088',
        payment_id: order.id,
        operation_type: 'sell',
        customer: { email: order.email },
        positions: [{ ...tea, payment_method: 'full_payment', payment_object: 'goods' }],
        settlements: [{ type: 'cashless', sum: order.total }],
      },
    });
    return { id: receipt.receipt_id }; // on disk, and owed to the provider whatever happens now
  }

  @OnFiscalEvent('receipt.registered')
  registered({ entry }: FiscalEvent<'receipt.registered'>) {
    this.links.push(entry.registration.link ?? '');
  }
}

export const fiscal = FiscalModule.forRootAsync({
  useFactory: () => ({
    ledger: sqlite({ path: 'data/fiscal.sqlite' }),
    merchants: {
      shop: {
        provider: () =>
          createFreedompay({ merchantId: '542088', secretKey: process.env.FREEDOMPAY_SECRET ?? '' }),
        receiptMerchantId: '542088',
      },
    },
  }),
});

@Module({ imports: [fiscal], providers: [Orders], exports: [Orders] })
export class ShopModule {}
