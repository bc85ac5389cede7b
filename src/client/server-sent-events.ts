/** One block of a stream of server-sent events. One with an id and no data only moves the reader's place. */
export type ServerSentEvent = { id: string | null; data: string | null };

/**
 * Reads server-sent events as the HTML standard parses them, without the members that Recado does not send.
 * Ends when the body does; a block that is cut off does not count.
 *
 * @param silence how long nothing may arrive, comments included, in milliseconds
 * @throws what reading the body throws, and an Error after too long a silence
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array> | null,
  silence: number,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (body === null) return;
  // A reader, because not every browser can iterate over a stream.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let id: string | null = null;
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await within(silence, reader.read());
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (id !== null || data.length > 0) yield { id, data: data.length === 0 ? null : data.join('\n') };
          id = null;
          data = [];
        } else if (line.startsWith('id:')) id = line.slice(3).trim();
        else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function within<Value>(time: number, pending: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing arrived for ${time} ms.`)), time);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
