import { z } from 'zod';
import { anyObject, filledText } from './value.ts';

/** One of `contacts` in Meta's own members (meta-facts §7.1). */
export const contactCard = z.strictObject({
  name: z
    .looseObject({
      formatted_name: filledText(1000).meta({ description: 'The whole name as it is shown.' }),
      first_name: z.string().optional().meta({ description: 'The first name.' }),
    })
    .meta({ description: 'The name; Meta takes further parts of it.' }),
  phones: z
    .array(
      z.strictObject({
        phone: z.string().optional().meta({ description: 'The number as it is shown.' }),
        type: z.string().optional().meta({ description: 'Such as `CELL`.' }),
        wa_id: z.string().optional().meta({
          description: 'The WhatsApp id behind it, so that the person can be written to with a tap.',
        }),
      }),
    )
    .optional()
    .meta({ description: 'Their numbers.' }),
  emails: z
    .array(z.looseObject({ email: z.string().meta({ description: 'The address.' }) }))
    .optional()
    .meta({ description: 'Their mail addresses.' }),
  addresses: z
    .array(anyObject('An address and its type.'))
    .optional()
    .meta({ description: 'Where they live or work.' }),
  urls: z
    .array(z.looseObject({ url: z.string().meta({ description: 'The address.' }) }))
    .optional()
    .meta({ description: 'Their pages.' }),
  org: anyObject('The organisation.').optional(),
  birthday: z.string().optional().meta({ description: 'Such as `1990-05-23`.' }),
});
