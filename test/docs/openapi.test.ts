import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { runGateway } from '../support/running-gateway.ts';

it('the API describes itself by a valid OpenAPI 3.1 document', async () => {
  const { api } = await runGateway();
  const { body } = await api<JsonObject>('GET', '/openapi.json');
  const validator = new Validator();
  const result = await validator.validate(structuredClone(body));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});
