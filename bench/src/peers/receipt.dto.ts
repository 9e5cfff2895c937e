import {
  measures,
  operationTypes,
  paymentMethods,
  paymentObjects,
  receiptMethods,
  settlementTypes,
  taxSystems,
  vatCodes,
} from '@fiscalkit/schemas';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsEmail,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** A Russian receipt in FFD 1.05, as a shop sends it. */
export class ReceiptDto {
  @Equals('ru_1_05')
  declare readonly receipt_format: string;

  @Type(() => String)
  @IsString()
  @Length(1, 64)
  declare readonly merchant_id: string;

  @Type(() => String)
  @IsString()
  @Length(1, 128)
  declare readonly payment_id: string;

  @IsIn(Object.keys(operationTypes))
  declare readonly operation_type: string;

  @IsOptional()
  @IsIn(receiptMethods)
  declare readonly receipt_method?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => CustomerDto)
  declare readonly customer?: CustomerDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => CompanyDto)
  declare readonly company?: CompanyDto;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PositionDto)
  declare readonly positions: PositionDto[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => SettlementDto)
  declare readonly settlements: SettlementDto[];

  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  declare readonly total?: number;
}

/** The buyer. */
export class CustomerDto {
  @IsOptional()
  @IsEmail()
  @Length(1, 64)
  declare readonly email?: string;

  @IsOptional()
  @Matches(/^\+?\d{5,19}$/)
  declare readonly phone?: string;

  @IsOptional()
  @IsString()
  @Length(1, 256)
  declare readonly full_name?: string;

  @IsOptional()
  @Matches(/^(\d{10}|\d{12})$/)
  declare readonly inn?: string;
}

/** The seller. */
export class CompanyDto {
  @Matches(/^(\d{10}|\d{12})$/)
  declare readonly inn: string;

  @IsOptional()
  @IsEmail()
  @Length(1, 64)
  declare readonly email?: string;

  @IsOptional()
  @IsIn(Object.keys(taxSystems))
  declare readonly tax_system?: string;

  @IsOptional()
  @IsString()
  @Length(1, 256)
  declare readonly payment_address?: string;
}

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

/** A part of how a receipt was paid. */
export class SettlementDto {
  @IsIn(Object.keys(settlementTypes))
  declare readonly type: string;

  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(42_949_672.95)
  declare readonly sum: number;
}
