import { FiscalService } from '@fiscalkit/nestjs';
import { Injectable } from '@nestjs/common';

@Injectable()
export class Orders {
  constructor(private readonly fiscal: FiscalService) {}

  async paid(order: { id: string; email: string }) {
    const { receipt } = await this.fiscal.receipts.create({
      receipt: {
        receipt_format: 'ru_1_05',
        payment_id: order.id,
        operation_type: 'sell',
        customer: { email: order.email },
        positions: [
          {
            name: 'Tea',
            price: 50,
            quantity: 2,
            vat_code: 'vat_22',
            payment_method: 'full_payment',
            payment_object: 'goods',
          },
        ],
        settlements: [{ type: 'cashless', sum: 100 }],
      },
      waitMs: 10_000,
    });
    return receipt;
  }
}
