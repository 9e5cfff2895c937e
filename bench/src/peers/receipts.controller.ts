import { createHash } from 'node:crypto';
import { verifyDetached } from '@fiscalkit/client/jws';
import {
  BadRequestException,
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  HttpCode,
  Inject,
  Injectable,
  Post,
  type RawBodyRequest,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type PositionDto, ReceiptDto } from './receipt.dto.js';
import { ReceiptsQueue, SETTINGS, type Settings } from './service.js';

/** Admits requests that the merchant has signed. */
@Injectable()
class SignatureGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { rawBody, headers, method, url } = context
      .switchToHttp()
      .getRequest<RawBodyRequest<FastifyRequest>>();
    const token = headers['x-jws-signature'];
    if (rawBody === undefined || typeof token !== 'string') throw new UnauthorizedException();
    const { merchantId, secretKey } = this.settings.merchant;
    const check = verifyDetached({
      token,
      body: rawBody,
      method,
      path: url,
      secretOf: (id) => (id === merchantId ? secretKey : null),
    });
    if (!check.ok) throw new UnauthorizedException(check.code);
    return true;
  }
}

const readReceipt = new ValidationPipe({
  expectedType: ReceiptDto,
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
});

/** Accepts receipts. */
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

/** Throws when the settlements, the total or the sums are not those of the positions. */
function checkSums({ positions, settlements, total }: ReceiptDto): void {
  for (const position of positions) {
    if (position.sum !== undefined && toMinor(position.sum) !== sumOf(position)) {
      throw new BadRequestException('the sum of a position is not price × quantity');
    }
  }
  const expected = positions.reduce((sum, position) => sum + sumOf(position), 0);
  if (total !== undefined && toMinor(total) !== expected) {
    throw new BadRequestException('the total is not the sum of the positions');
  }
  if (settlements.reduce((sum, settlement) => sum + toMinor(settlement.sum), 0) !== expected) {
    throw new BadRequestException('the settlements are not the total');
  }
}

/** Returns minor units, halves rounded up. */
function sumOf({ price, quantity }: PositionDto): number {
  return Math.round((toMinor(price) * Math.round(quantity * 1_000)) / 1_000);
}

function toMinor(amount: number): number {
  return Math.round(amount * 100);
}

/** Returns the same id for the same operation on a payment: a name-based UUID (version 5). */
function receiptIdOf({ merchant_id, payment_id, operation_type }: ReceiptDto): string {
  const name = JSON.stringify([merchant_id, payment_id, operation_type]);
  const digest = createHash('sha1').update(name).digest('hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
