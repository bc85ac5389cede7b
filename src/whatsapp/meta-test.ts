import type { Json } from '../domain/json.ts';
import { type ElementPath, type Located, locate } from './element-path.ts';
import { readNumber, readObject, readText } from './wire-values.ts';

/**
 * Whether the element at a path came from the "Test" link of Meta's App Dashboard. Meta signs such a body like
 * any other; its made-up account has the id 0, its made-up business phone always the same id and number
 * (meta-facts §8).
 *
 * @param body what `parseBody` gave
 */
export function isMetaTest(body: Json | undefined, path: ElementPath): boolean {
  return isLocatedInMetaTest(locate(body, path));
}

/** The same for what is located already. */
export function isLocatedInMetaTest({ entry, value }: Located): boolean {
  if (readText(readObject(entry)?.id) === '0') return true;
  const metadata = readObject(value?.metadata);
  return (
    readText(metadata?.phone_number_id) === '123456123' &&
    readNumber(metadata?.display_phone_number) === '16505551111'
  );
}
