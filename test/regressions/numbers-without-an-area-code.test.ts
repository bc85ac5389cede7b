import { expect, it } from 'vitest';
import { runGateway } from '../support/running-gateway.ts';

/**
 * With a country for numbers without a plus sign, a number without its area code was taken: 4321-0000 became
 * +55 4321-0000, which nobody can dial, and the refusal came later and from Meta.
 */
it.each(['4321-0000', '98765-4321', '+55 98765-4321'])(
  '%s is refused in both languages with what is missing',
  async (to) => {
    const running = await runGateway();
    await running.api('PATCH', '/v1/settings', { defaultCountry: 'BR' });
    const request = { to, template: { name: 'hello_world', language: 'en_US' } };
    const english = await running.api('POST', '/v1/notifications', request);
    expect(english).toMatchObject({
      status: 400,
      body: {
        code: 'area-code-missing',
        remedy: expect.stringContaining('area code'),
        errors: [{ in: 'body', path: 'to', message: expect.stringContaining('its area code is missing') }],
      },
    });
    const portuguese = await running.api('POST', '/v1/notifications', request, {
      'accept-language': 'pt-BR',
    });
    expect(portuguese.body).toMatchObject({ errors: [{ message: expect.stringContaining('falta o DDD') }] });
    const preview = await running.api('POST', '/v1/notifications/preview', request);
    expect(preview).toMatchObject({ status: 400, body: { code: 'area-code-missing' } });
    await running.settle();
    const sends = running.simulator.requests().filter(({ path }) => path.endsWith('/messages'));
    expect(sends).toEqual([]);
  },
);
