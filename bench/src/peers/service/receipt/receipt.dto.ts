import { operationTypes, receiptMethods } from '@fiscalkit/schemas';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Min,
  ValidateNested,
} from 'class-validator';
import { CompanyDto } from './company.dto.js';
import { CustomerDto } from './customer.dto.js';
import { PositionDto } from './position.dto.js';
import { SettlementDto } from './settlement.dto.js';

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
