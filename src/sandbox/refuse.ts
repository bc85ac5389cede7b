import type { FastifyReply } from 'fastify';
import { sendProblem } from '../server/answers.ts';
import { type SandboxProblemCode, sandboxProblem } from './problems.ts';

/**
 * Answers with a problem of the sandbox.
 *
 * @param detail what was found and expected this time; the problem's own words when left out
 */
export function refuse(reply: FastifyReply, code: SandboxProblemCode, detail?: string): FastifyReply {
  const problem = sandboxProblem(code);
  sendProblem(reply, detail === undefined ? problem : { ...problem, detail });
  return reply;
}
