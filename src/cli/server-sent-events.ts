/** One block of a stream of server-sent events. One with an id and no data only moves the reader’s place. */
export type ServerSentEvent = { id: string | null; data: string | null };

/**
 * Reads server-sent events out of a response’s body as the HTML standard parses them, without the members that
 * Recado does not send. Ends when the body does; throws what reading it throws.
 *
 * @param alive told of everything that arrives, comments included
 */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array>,
  alive: () => void,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let id: string | null = null;
  let data: string[] = [];
  for await (const chunk of body) {
    alive();
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        // What stands before the empty line counts; what is cut off before it does not.
        if (id !== null || data.length > 0) yield { id, data: data.length === 0 ? null : data.join('\n') };
        id = null;
        data = [];
      } else if (line.startsWith('id:')) id = line.slice(3).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    }
  }
}
