import {
  BadRequestException,
  Body,
  Controller,
  HttpCode,
  Inject,
  Post,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { checkSums } from './receipt/check-sums.js';
import { ReceiptDto } from './receipt/receipt.dto.js';
import { receiptIdOf } from './receipt/receipt-id-of.js';
import { ReceiptsQueue } from './receipts-queue.js';
import type { Settings } from './settings.js';
import { SignatureGuard } from './signature.guard.js';
import { SETTINGS } from './tokens.js';

const readReceipt = new ValidationPipe({
  expectedType: ReceiptDto,
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
});

/** Takes receipts. */
@Controller('v5/receipts')
export class ReceiptsController {
  constructor(
    @Inject(ReceiptsQueue) private readonly queue: ReceiptsQueue,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(SignatureGuard)
  async create(@Body(readReceipt) receipt: ReceiptDto) {
    if (receipt.merchant_id !== this.settings.merchant.merchantId) {
      throw new BadRequestException('the receipt is of another merchant');
    }
    checkSums(receipt);
    const receiptId = receiptIdOf(receipt);
    await this.queue.add(receiptId, receipt);
    return { data: { receipt_id: receiptId, status: 'pending' } };
  }
}
