import { expect, it } from 'vitest';
import { multipartOf } from './multipart.ts';

it('writes a form that a browser’s own reader understands, as long as it says', async () => {
  const content = Buffer.from('\r\n--bytes--\u0000');
  const form = multipartOf(
    { messaging_product: 'whatsapp', type: 'image/jpeg' },
    {
      name: 'file',
      filename: 'a "b"\r\nX: y.jpg',
      mimeType: 'image/jpeg',
      size: content.byteLength,
      async *bytes() {
        yield content;
      },
    },
  );
  const parts: Uint8Array[] = [];
  for await (const part of form.body()) parts.push(part);
  const body = Buffer.concat(parts);
  expect(body.byteLength).toBe(form.length);
  const read = await new Response(body, { headers: { 'content-type': form.contentType } }).formData();
  expect([...read.keys()]).toEqual(['messaging_product', 'type', 'file']);
  const file = read.get('file');
  expect(file).toBeInstanceOf(File);
  if (!(file instanceof File)) return;
  expect([file.name, file.type]).toEqual(['a "b"__X: y.jpg', 'image/jpeg']);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(content);
});
