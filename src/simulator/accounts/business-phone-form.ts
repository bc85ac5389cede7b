import * as z from 'zod';

const names = z.array(z.string()).transform((list) => new Set(list));

/** What `GET` says of a phone's status (meta-facts §7.2). */
const statuses = [
  'CONNECTED',
  'PENDING',
  'BANNED',
  'DELETED',
  'DISCONNECTED',
  'FLAGGED',
  'MIGRATED',
  'RATE_LIMITED',
  'RESTRICTED',
] as const;

const nameStatus = z.enum([
  'APPROVED',
  'AVAILABLE_WITHOUT_REVIEW',
  'DECLINED',
  'EXPIRED',
  'PENDING_REVIEW',
  'NONE',
]);

/** How Meta sees a business phone, as data: over HTTP, and in a file. */
export const businessPhoneStanding = z.strictObject({
  verifiedName: z.string().exactOptional(),
  registered: z.boolean().exactOptional(),
  status: z.enum(statuses).nullable().exactOptional(),
  platformType: z.enum(['CLOUD_API', 'ON_PREMISE', 'NOT_APPLICABLE']).nullable().exactOptional(),
  codeVerificationStatus: z.enum(['VERIFIED', 'NOT_VERIFIED', 'EXPIRED']).exactOptional(),
  nameStatus: nameStatus.exactOptional(),
  newNameStatus: nameStatus.exactOptional(),
  qualityRating: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).exactOptional(),
  throughputLevel: z.enum(['STANDARD', 'HIGH', 'NOT_APPLICABLE']).nullable().exactOptional(),
  accountMode: z.enum(['LIVE', 'SANDBOX']).exactOptional(),
  isOnBizApp: z.boolean().exactOptional(),
  messagingLimit: z.enum(['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED']).exactOptional(),
  canSendMessage: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']).nullable().exactOptional(),
  allowedRecipients: names.nullable().exactOptional(),
  pin: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .exactOptional(),
  callbackOverride: z
    .strictObject({ callbackUrl: z.url(), verifyToken: z.string() })
    .nullable()
    .exactOptional(),
});

/** A business phone as data. */
export const businessPhoneForm = businessPhoneStanding.extend({
  phoneNumberId: z.string().regex(/^\d+$/),
  displayPhoneNumber: z.string().regex(/^\d{7,15}$/),
  wabaId: z.string().regex(/^\d+$/),
  verifiedName: z.string().min(1),
  registered: z.boolean(),
});
