import { BadRequestException } from '@nestjs/common';
import type { PositionDto } from './position.dto.js';
import type { ReceiptDto } from './receipt.dto.js';

/** Refuses a receipt whose settlements, total or sums are not those of its positions. */
export function checkSums({ positions, settlements, total }: ReceiptDto): void {
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

/** In minor units, halves rounded up. */
function sumOf({ price, quantity }: PositionDto): number {
  return Math.round((toMinor(price) * Math.round(quantity * 1_000)) / 1_000);
}

function toMinor(amount: number): number {
  return Math.round(amount * 100);
}
