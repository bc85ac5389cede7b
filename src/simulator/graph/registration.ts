import type { JsonObject } from '../../domain/json.ts';
import { managementScope, messagingScope } from '../accounts/access-token.ts';
import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import { deregisterPhone, registerPhone } from '../accounts/registration.ts';
import { refusePin } from './business-phone.ts';
import type { GraphContext } from './graph-context.ts';
import { type GraphProblem, invalidParameter, problem } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success } from './graph-route.ts';

/** `request_code`, `verify_code`, `register` and `deregister` of a business phone (meta-facts §5.1 (2), §7.2). */
export function registrationRoutes(phone: BusinessPhoneRecord, context: GraphContext): GraphRoute[] {
  const { clock, random } = context;

  function answerRegister(parameters: JsonObject): GraphReply {
    if (parameters.messaging_product !== 'whatsapp') {
      return { refusal: invalidParameter('The parameter messaging_product is required.') };
    }
    const { pin } = parameters;
    const refusal = refusePin(pin);
    if (refusal !== null || typeof pin !== 'string') return { refusal: refusal ?? invalidParameter('pin') };
    return done(registerPhone(phone, pin, clock.now()));
  }

  function answerRequestCode({ code_method: method, language }: JsonObject): GraphReply {
    if (method !== 'SMS' && method !== 'VOICE') {
      return { refusal: invalidParameter('Param code_method must be one of {SMS, VOICE}.') };
    }
    if (typeof language !== 'string' || language === '') {
      return { refusal: invalidParameter('The parameter language is required.') };
    }
    if (phone.codeVerificationStatus === 'VERIFIED') {
      return { refusal: problem(136024, 'This phone number is verified already.') };
    }
    phone.verificationCode = String(100_000 + random.integer(900_000));
    return success;
  }

  function answerVerifyCode({ code }: JsonObject): GraphReply {
    if (typeof code !== 'string' && typeof code !== 'number') {
      return { refusal: invalidParameter('The parameter code is required.') };
    }
    if (phone.verificationCode === null || String(code).replace('-', '') !== phone.verificationCode) {
      return { refusal: invalidParameter('Param code is not the code that was sent.') };
    }
    phone.verificationCode = null;
    phone.codeVerificationStatus = 'VERIFIED';
    return success;
  }

  const needs = [managementScope, messagingScope];
  return [
    { method: 'POST', edge: 'register', needs, answer: ({ parameters }) => answerRegister(parameters) },
    { method: 'POST', edge: 'deregister', needs, answer: () => done(deregisterPhone(phone, clock.now())) },
    {
      method: 'POST',
      edge: 'request_code',
      needs,
      answer: ({ parameters }) => answerRequestCode(parameters),
    },
    { method: 'POST', edge: 'verify_code', needs, answer: ({ parameters }) => answerVerifyCode(parameters) },
  ];
}

function done(refusal: GraphProblem | null): GraphReply {
  return refusal === null ? success : { refusal };
}
