import { Agent } from 'node:http';
import { signDetached } from '@fiscalkit/client/jws';
import { Inject, Injectable } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';
import type { ReceiptDto } from './receipt.dto.js';
import { SETTINGS, type Settings } from './service.js';

const path = '/v5/receipts';

/** The provider's answer about a receipt, as far as it is kept. */
export interface Registration {
  readonly receipt_id: string;
  readonly status: string;
  readonly link: string | null;
}

/** The provider's receipts API. */
@Injectable()
export class ProviderApi {
  readonly #settings: Settings;
  readonly #http: AxiosInstance;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.#settings = settings;
    this.#http = axios.create({
      baseURL: settings.providerUrl,
      httpAgent: new Agent({ keepAlive: true }),
      timeout: 10_000,
      maxRedirects: 0,
    });
  }

  /** Registers a receipt. Rejects when the provider does not answer, or refuses. */
  async register(receipt: ReceiptDto): Promise<Registration> {
    const body = Buffer.from(JSON.stringify(receipt));
    const signature = signDetached({ body, path, method: 'POST', ...this.#settings.merchant });
    const headers = { 'Content-Type': 'application/json', 'X-JWS-Signature': signature };
    const answer = await this.#http.post<{ data: Registration }>(path, body, { headers });
    const { receipt_id, status, link } = answer.data.data;
    return { receipt_id, status, link };
  }
}
