import { Module } from '@nestjs/common';
import { AppController } from './app.controller';
import { AppService } from './app.service';
import { fiscal } from './fiscal';
import { Orders } from './orders';

@Module({
  imports: [fiscal],
  controllers: [AppController],
  providers: [AppService, Orders],
})
export class AppModule {}
