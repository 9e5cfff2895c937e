import { Body, Controller, HttpCode, Post } from '@nestjs/common';

/** Answers what was asked, as Fastify parsed it. */
@Controller('v5/receipts')
export class EchoController {
  @Post()
  @HttpCode(200)
  echo(@Body() body: object): object {
    return body;
  }
}
