import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { readPrepaidOrder } from './prepaid-order.js';
import { PrepaidOrders } from './prepaid-orders.js';

/** Prepaid orders over HTTP. */
@Controller('prepaid-orders')
export class PrepaidOrdersController {
  readonly #orders: PrepaidOrders;

  constructor(@Inject(PrepaidOrders) orders: PrepaidOrders) {
    this.#orders = orders;
  }

  @Post()
  place(@Body() body: unknown) {
    return this.#orders.place(readPrepaidOrder(body));
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.#orders.get(id);
  }

  @Put(':id/shipments/:shipment')
  @HttpCode(200)
  ship(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('shipment') shipment: string,
    @Body() body: unknown = {},
  ) {
    return this.#orders.ship(id, shipment, body);
  }

  @Put(':id/returns/:return')
  @HttpCode(200)
  takeBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('return') returned: string,
    @Body() body: unknown = {},
  ) {
    return this.#orders.takeBack(id, returned, body);
  }
}
