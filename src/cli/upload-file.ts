import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { GivenContent } from './content-flags.ts';
import { fileTypeOf } from './file-types.ts';
import { callGateway, type GatewayAddress } from './gateway-client.ts';
import { readAnswer } from './read-answer.ts';

const uploadSchema = z.looseObject({ id: z.string(), known: z.boolean() });

/** How long the largest file may take on its way to Meta, in milliseconds. */
const PATIENCE = 10 * 60_000;

/**
 * The members of a request, with the id of the file once Meta has it.
 *
 * @throws CommandError when the file cannot be read, or the gateway or Meta does not take it
 */
export async function uploadGiven(
  gateway: GatewayAddress,
  { members, file }: GivenContent,
  how: { businessPhone: string | undefined; json: boolean; context: CommandContext },
): Promise<JsonObject> {
  if (file === null) return members;
  const query = new URLSearchParams({
    filename: basename(file).slice(0, 240),
    ...(how.businessPhone === undefined ? {} : { businessPhone: how.businessPhone }),
  });
  let bytes: Blob;
  try {
    bytes = await openAsBlob(file, { type: fileTypeOf(file) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrongUsage(`${file} cannot be read: ${reason}.`, 'Give a file that you may read.');
  }
  const answer = await callGateway(gateway, `/v1/media?${query}`, {
    method: 'POST',
    file: bytes,
    patience: PATIENCE,
  });
  const { id, known } = readAnswer(answer, uploadSchema, how);
  if (!how.json) how.context.print(`File ${id}: ${known ? 'Meta has it already' : 'uploaded to Meta'}`);
  return { media: { ...Object(members['media']), id } };
}
