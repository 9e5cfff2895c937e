import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Orders } from './orders.js';
import { readPaidOrder } from './paid-order.js';

/** Orders over HTTP. */
@Controller('orders')
export class OrdersController {
  readonly #orders: Orders;

  constructor(@Inject(Orders) orders: Orders) {
    this.#orders = orders;
  }

  @Post()
  place(@Body() body: unknown) {
    return this.#orders.place(readPaidOrder(body));
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.#orders.get(id);
  }

  @Post(':id/refund')
  refund(@Param('id', ParseUUIDPipe) id: string) {
    return this.#orders.refund(id);
  }

  @Post(':id/anor')
  @HttpCode(200)
  confirmAnor(@Param('id', ParseUUIDPipe) id: string, @Body('transaction_id') transactionId: unknown) {
    return this.#orders.confirmAnor(id, transactionId);
  }
}
