import { measures, paymentMethods, paymentObjects, vatCodes } from '@fiscalkit/schemas';
import { IsIn, IsNumber, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** One line of a receipt. */
export class PositionDto {
  @IsString()
  @Length(1, 128)
  declare readonly name: string;

  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(42_949_672.95)
  declare readonly price: number;

  @IsNumber({ maxDecimalPlaces: 3 })
  @Min(0.001)
  @Max(99_999.999)
  declare readonly quantity: number;

  @IsOptional()
  @IsIn(Object.keys(measures))
  declare readonly measure?: string;

  @IsIn(Object.keys(vatCodes))
  declare readonly vat_code: string;

  @IsIn(Object.keys(paymentMethods))
  declare readonly payment_method: string;

  @IsIn(Object.keys(paymentObjects))
  declare readonly payment_object: string;

  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  declare readonly sum?: number;
}
