import { settlementTypes } from '@fiscalkit/schemas';
import { IsIn, IsNumber, Max, Min } from 'class-validator';

/** A part of how a receipt was paid. */
export class SettlementDto {
  @IsIn(Object.keys(settlementTypes))
  declare readonly type: string;

  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(42_949_672.95)
  declare readonly sum: number;
}
