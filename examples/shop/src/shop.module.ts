import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalExceptionFilter, FiscalModule, postgres } from '@fiscalkit/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Database } from './database/database.js';
import { ReceiptMailer } from './mail/receipt-mailer.js';
import { OrdersController } from './orders/orders.controller.js';
import { Orders } from './orders/orders.js';
import { PrepaidOrdersController } from './orders/prepaid-orders.controller.js';
import { PrepaidOrders } from './orders/prepaid-orders.js';
import { SHOP_SETTINGS, type ShopSettings } from './shop-settings.js';

@Module({
  controllers: [OrdersController, PrepaidOrdersController],
  providers: [
    Database,
    Orders,
    PrepaidOrders,
    ReceiptMailer,
    { provide: APP_FILTER, useClass: FiscalExceptionFilter },
  ],
})
class ShopModule {}

/** The shop: orders over HTTP, with their receipts in the same database. */
export function shopModule(settings: ShopSettings): DynamicModule {
  return {
    module: ShopModule,
    imports: [fiscalModule(settings)],
    providers: [{ provide: SHOP_SETTINGS, useValue: settings }],
  };
}

function fiscalModule({ databaseUrl, providerUrl: baseUrl, merchant }: ShopSettings): DynamicModule {
  const { id: merchantId, secretKey, company } = merchant;
  return FiscalModule.forRoot({
    ledger: postgres({ connectionString: databaseUrl }),
    merchants: {
      shop: {
        receiptMerchantId: merchantId,
        company,
        providers: [
          () => createFreedompay({ merchantId, secretKey, baseUrl }),
          () => createFiscalbox({ baseUrl }),
        ],
      },
    },
  });
}
