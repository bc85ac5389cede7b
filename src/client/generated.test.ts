import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { AlarmPageBody } from '../server/contract/alarm.ts';
import type {
  ApiKeyBody,
  ApiKeyPageBody,
  apiKeyRequestSchema,
  NewApiKeyBody,
} from '../server/contract/api-key.ts';
import type { AuditPageBody } from '../server/contract/audit.ts';
import type {
  BusinessPhoneBody,
  BusinessPhonePageBody,
  businessPhoneChangesSchema,
  newBusinessPhoneSchema,
} from '../server/contract/business-phone.ts';
import type { ContactBody, ContactPageBody, OptOutsBody } from '../server/contract/contact.ts';
import type { ConversationPageBody, MessagePageBody } from '../server/contract/conversation.ts';
import type { CostsBody } from '../server/contract/cost.ts';
import type { DoctorBody, doctorRequestSchema } from '../server/contract/doctor.ts';
import type { ErrorCodeBody } from '../server/contract/error-code.ts';
import type { EventBody, EventPageBody } from '../server/contract/event.ts';
import type {
  NotificationBody,
  NotificationPageBody,
  NotificationPreviewBody,
  notificationQuerySchema,
  notificationRequestSchema,
} from '../server/contract/notification.ts';
import type { ProblemBody, RefusalBody } from '../server/contract/problem.ts';
import type { RereadBody, rereadRequestSchema } from '../server/contract/reread.ts';
import type { SessionBody } from '../server/contract/session.ts';
import type { SettingPageBody, settingChangesSchema } from '../server/contract/settings.ts';
import type { TemplatePageBody } from '../server/contract/template.ts';
import type * as generated from './generated.ts';

// These compare types: the compiler is what fails.

it('answers are typed as the contract types them', () => {
  expectTypeOf<generated.AlarmPageBody>().toEqualTypeOf<AlarmPageBody>();
  expectTypeOf<generated.ApiKeyBody>().toEqualTypeOf<ApiKeyBody>();
  expectTypeOf<generated.ApiKeyPageBody>().toEqualTypeOf<ApiKeyPageBody>();
  expectTypeOf<generated.AuditPageBody>().toEqualTypeOf<AuditPageBody>();
  expectTypeOf<generated.BusinessPhoneBody>().toEqualTypeOf<BusinessPhoneBody>();
  expectTypeOf<generated.BusinessPhonePageBody>().toEqualTypeOf<BusinessPhonePageBody>();
  expectTypeOf<generated.ContactBody>().toEqualTypeOf<ContactBody>();
  expectTypeOf<generated.ContactPageBody>().toEqualTypeOf<ContactPageBody>();
  expectTypeOf<generated.OptOutsBody>().toEqualTypeOf<OptOutsBody>();
  expectTypeOf<generated.CostsBody>().toEqualTypeOf<CostsBody>();
  expectTypeOf<generated.TemplatePageBody>().toEqualTypeOf<TemplatePageBody>();
  expectTypeOf<generated.ConversationPageBody>().toEqualTypeOf<ConversationPageBody>();
  expectTypeOf<generated.ErrorCodeBody>().toEqualTypeOf<ErrorCodeBody>();
  expectTypeOf<generated.EventBody>().toEqualTypeOf<EventBody>();
  expectTypeOf<generated.EventPageBody>().toEqualTypeOf<EventPageBody>();
  expectTypeOf<generated.MessagePageBody>().toEqualTypeOf<MessagePageBody>();
  expectTypeOf<generated.NewApiKeyBody>().toEqualTypeOf<NewApiKeyBody>();
  expectTypeOf<generated.NotificationBody>().toEqualTypeOf<NotificationBody>();
  expectTypeOf<generated.NotificationPageBody>().toEqualTypeOf<NotificationPageBody>();
  expectTypeOf<generated.NotificationPreviewBody>().toEqualTypeOf<NotificationPreviewBody>();
  expectTypeOf<generated.ProblemBody>().toEqualTypeOf<ProblemBody>();
  expectTypeOf<generated.RefusalBody>().toEqualTypeOf<RefusalBody>();
  expectTypeOf<generated.DoctorBody>().toEqualTypeOf<DoctorBody>();
  expectTypeOf<generated.RereadBody>().toEqualTypeOf<RereadBody>();
  expectTypeOf<generated.SessionBody>().toEqualTypeOf<SessionBody>();
  expectTypeOf<generated.SettingPageBody>().toEqualTypeOf<SettingPageBody>();
});

it('requests are typed as the contract reads them', () => {
  expectTypeOf<generated.ApiKeyRequest>().toEqualTypeOf<z.input<typeof apiKeyRequestSchema>>();
  expectTypeOf<generated.NewBusinessPhone>().toEqualTypeOf<z.input<typeof newBusinessPhoneSchema>>();
  expectTypeOf<generated.BusinessPhoneChanges>().toEqualTypeOf<z.input<typeof businessPhoneChangesSchema>>();
  // Of what goes on to Meta as it is, the contract reads any members; the document calls them JSON.
  expectTypeOf<generated.NotificationRequest>().toExtend<z.input<typeof notificationRequestSchema>>();
  expectTypeOf<keyof generated.NotificationRequest>().toEqualTypeOf<
    keyof z.input<typeof notificationRequestSchema>
  >();
  expectTypeOf<generated.DoctorRequest>().toEqualTypeOf<z.input<typeof doctorRequestSchema>>();
  expectTypeOf<generated.RereadRequest>().toEqualTypeOf<z.input<typeof rereadRequestSchema>>();
  expectTypeOf<generated.ListNotificationsQuery['state']>().toEqualTypeOf<
    z.input<typeof notificationQuerySchema>['state']
  >();
  // The contract reads any JSON here and refuses what does not fit; the document says more.
  expectTypeOf<generated.SettingChanges>().toExtend<z.input<typeof settingChangesSchema>>();
  expectTypeOf<keyof generated.SettingChanges>().toEqualTypeOf<keyof z.input<typeof settingChangesSchema>>();
});
