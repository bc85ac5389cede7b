// @ts-check
import { element } from './dom.js';
import { kindOf } from './file-kind.js';

/** Asks for a file of this computer; null when nobody chose one. @returns {Promise<File | null>} */
export function pickFile() {
  const input = element('input', { type: 'file' });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/**
 * A file as the sandbox takes it.
 *
 * @param {File} file
 */
export async function asSentFile(file) {
  const mimeType = file.type === '' ? 'application/octet-stream' : file.type;
  return { kind: kindOf(mimeType), mimeType, base64: await base64Of(file), filename: file.name.slice(-100) };
}

/** @param {File} file @returns {Promise<string>} */
function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
