import type { Upload } from '../../domain/upload.ts';

/** The content of an upload, by which it is found again. */
export type UploadContent = Pick<Upload, 'businessPhoneId' | 'sha256' | 'mimeType'>;

/** What is known of uploads. Times in milliseconds. */
export type UploadStore = {
  /** The upload of this content that Meta keeps longest, if it keeps it after a time; else null. */
  findUpload(content: UploadContent, expiresAfter: number): Promise<Upload | null>;
  /** Keeps an upload, and deletes those that Meta does not keep any more. */
  keepUpload(upload: Upload): Promise<void>;
};
