import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes, failureRow } from '../domain/failure.ts';
import { failureOfMetaError } from './error-catalogue.ts';

const codeOf = (
  code: number,
  more: { title?: string; details?: string; subcode?: number; transient?: boolean } = {},
) => failureOfMetaError({ title: null, details: null, ...more, code }).code;

describe('failureOfMetaError', () => {
  it.each([
    [133010, 'business-phone-not-registered'],
    [131047, 'window-closed'],
    [131026, 'recipient-unreachable'],
    [131030, 'recipient-not-allowed'],
    [0, 'access-token-refused'],
    [190, 'access-token-refused'],
    [199, 'meta-refused'],
    [200, 'permission-missing'],
    [299, 'permission-missing'],
    [300, 'meta-refused'],
    [10, 'permission-missing'],
    [33, 'phone-number-id-wrong'],
    [100, 'request-invalid'],
    [130429, 'throughput-exceeded'],
    [131056, 'pair-rate-exceeded'],
    [80007, 'call-rate-exceeded'],
    [131049, 'withheld-by-meta'],
    [131050, 'recipient-opted-out'],
    [132000, 'template-parameters-wrong'],
    [132001, 'template-missing'],
    [132015, 'template-unavailable'],
    [131000, 'unexplained-by-meta'],
    [1, 'unexplained-by-meta'],
    [999_999, 'meta-refused'],
    [-1, 'meta-refused'],
  ])('%d is %s', (code, failure) => {
    expect(codeOf(code)).toBe(failure);
  });

  it('tells a wrong phone number id from another invalid parameter', () => {
    expect(codeOf(100, { subcode: 33 })).toBe('phone-number-id-wrong');
    const title =
      "Unsupported post request. Object with ID '5585987654321' does not exist, or you may not see it";
    expect(codeOf(100, { title })).toBe('phone-number-id-wrong');
    expect(codeOf(100, { details: title })).toBe('phone-number-id-wrong');
    expect(codeOf(100, { subcode: 2_388_001, details: 'Parameter to is too long' })).toBe('request-invalid');
    expect(codeOf(131_009, { subcode: 33 })).toBe('request-invalid');
  });

  it('believes is_transient only of codes that it does not know', () => {
    expect(codeOf(999_999, { transient: true })).toBe('meta-unavailable');
    expect(codeOf(131_026, { transient: true })).toBe('recipient-unreachable');
  });

  it('keeps the number and what Meta said', () => {
    const error = {
      code: 131_047,
      title: 'Re-engagement message',
      details: 'more than 24 hours have passed',
    };
    expect(failureOfMetaError(error)).toMatchObject({ metaCode: 131_047, details: error.details });
    expect(failureOfMetaError({ ...error, details: null }).details).toBe(error.title);
    expect(failureOfMetaError({ ...error, title: null, details: null }).details).toBeNull();
  });

  it('never asks for a retry where Meta forbids one', () => {
    for (const code of [131_048, 131_049, 131_050, 130_472]) {
      expect(failureRow(codeOf(code)).retry.help).toBe('never');
    }
  });

  it('knows an answer to any number', () => {
    fc.assert(
      fc.property(fc.integer(), (code) => {
        expect(failureCodes).toContain(codeOf(code));
      }),
    );
  });
});
