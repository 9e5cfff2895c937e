import { IsEmail, IsOptional, IsString, Length, Matches } from 'class-validator';

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
