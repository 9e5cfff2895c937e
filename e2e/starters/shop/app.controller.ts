import { OnFiscalEvent, type FiscalEvent } from '@fiscalkit/nestjs';
import { Controller, Get } from '@nestjs/common';
import { AppService } from './app.service';

@Controller()
export class AppController {
  readonly links: (string | null | undefined)[] = [];

  constructor(private readonly appService: AppService) {}

  @Get()
  getHello(): string {
    return this.appService.getHello();
  }

  @OnFiscalEvent('receipt.registered', { name: 'links' })
  registered({ entry }: FiscalEvent): void {
    this.links.push(entry.registration?.link);
  }
}
