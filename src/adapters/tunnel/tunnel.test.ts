import { expect, it } from 'vitest';
import { addressIn } from './tunnel.ts';

const anyAddress = /https?:\/\/[^\s"'<>]+/;

it.each([
  ['https://abc123.example.com/', 'https://abc123.example.com'],
  ['starting for http://127.0.0.1:40123', null],
  ['https://abc123.example.com leads to http://localhost:40123', 'https://abc123.example.com'],
  ['http://127.0.0.1:40123 -> https://abc123.example.com', 'https://abc123.example.com'],
  ['http://127.0.0.1:40124', 'http://127.0.0.1:40124'],
  ['http://abc123.example.com', null],
  ['ready', null],
])('the public address in %j is %j', (line, address) => {
  expect(addressIn(line, anyAddress, 'http://127.0.0.1:40123')).toBe(address);
});
