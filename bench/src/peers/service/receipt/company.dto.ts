import { taxSystems } from '@fiscalkit/schemas';
import { IsEmail, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

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
