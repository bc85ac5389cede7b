import { z } from 'zod';
import { CAPTION_MAX_LENGTH, mediaTypes } from '../../domain/notification-content.ts';
import { contactCard } from './contact-card.ts';
import { fileMembers, oneFile } from './media-file.ts';
import { anyObject, atMost, filledText, shortText } from './value.ts';

/** More than Meta takes: a longer text within this bound is refused by admission, with its own failure. */
const TEXT_SANITY_BOUND = 65_536;

/** Longer than any wamid: they have about 60 characters. */
const MESSAGE_ID_BOUND = 512;

const previewUrl = z
  .boolean()
  .default(false)
  .meta({ description: 'Whether WhatsApp shows a preview of the first link.' });

/** The member `text` of a request. */
export const textRequest = z
  .union(
    [
      filledText(TEXT_SANITY_BOUND).meta({ description: 'The words alone.' }),
      z
        .strictObject({
          body: filledText(TEXT_SANITY_BOUND).meta({ description: 'The words.' }),
          previewUrl,
        })
        .meta({ description: 'The words and how to show them.' }),
    ],
    { error: 'must be a text, or an object with `body`' },
  )
  .meta({
    description: 'A message in plain words, up to 4,096 characters; allowed while the window is open.',
    examples: ['Your interview is tomorrow at 10:00.'],
  });

const captioned: readonly string[] = ['image', 'video', 'document'];

/** The member `media` of a request. */
export const mediaRequest = z
  .strictObject({
    type: z.enum(mediaTypes).meta({ description: 'As what the file is shown.' }),
    ...fileMembers,
    caption: atMost(CAPTION_MAX_LENGTH)
      .optional()
      .meta({ description: 'The words below an image, a video or a document.' }),
    filename: shortText(240)
      .optional()
      .meta({ description: 'The name that a document is shown with.', examples: ['offer.pdf'] }),
    voice: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether an audio is shown as a voice message; that needs Ogg with Opus.' }),
  })
  .check(oneFile)
  .refine((media) => media.caption === undefined || captioned.includes(media.type), {
    path: ['caption'],
    error: 'belongs to an `image`, a `video` or a `document` only',
  })
  .refine((media) => media.filename === undefined || media.type === 'document', {
    path: ['filename'],
    error: 'belongs to a `document` only',
  })
  .refine((media) => !media.voice || media.type === 'audio', {
    path: ['voice'],
    error: 'belongs to an `audio` only',
  })
  .meta({
    id: 'Media',
    description: 'A file, by Meta’s id of an upload or by a link; allowed while the window is open.',
    examples: [{ type: 'document', link: 'https://example.com/offer.pdf', filename: 'offer.pdf' }],
  });

function degrees(most: number) {
  const error = `must be a number from -${most} to ${most}`;
  return z.number({ error }).min(-most, { error }).max(most, { error });
}

/** The member `location` of a request. */
export const locationRequest = z
  .strictObject({
    latitude: degrees(90).meta({ description: 'Degrees north.', examples: [-3.7319] }),
    longitude: degrees(180).meta({ description: 'Degrees east.', examples: [-38.5267] }),
    name: shortText(1000).optional().meta({ description: 'What is there.' }),
    address: shortText(1000).optional().meta({ description: 'Its address.' }),
  })
  .meta({ id: 'Location', description: 'A place on the map; allowed while the window is open.' });

/** The member `contacts` of a request. */
export const contactsRequest = z
  .array(contactCard)
  .min(1)
  .meta({
    description: 'Contact cards, in Meta’s own members; allowed while the window is open.',
    examples: [[{ name: { formatted_name: 'Ana Souza' }, phones: [{ phone: '+55 85 8765-4321' }] }]],
  });

/** Meta's id of a message in a request. */
export const messageIdRequest = filledText(MESSAGE_ID_BOUND).meta({
  description: 'A message by its `messageId` (Meta’s wamid), as the messages of a conversation show it.',
  examples: ['wamid.HBgMNTU4NTg3NjU0MzIx'],
});

/** The member `reaction` of a request. */
export const reactionRequest = z
  .strictObject({
    messageId: messageIdRequest,
    emoji: z
      .string()
      .max(64)
      .regex(/^$|\S/, { error: 'must be an emoji, or empty to take the reaction away' })
      .meta({ description: 'One emoji; empty takes the reaction away again.', examples: ['👍'] }),
  })
  .meta({ id: 'Reaction', description: 'An emoji on a message; allowed while the window is open.' });

/** What a notification says, as the API shows it. */
export const contentSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('text').meta({ description: 'Plain words.' }),
      body: z.string().meta({ description: 'The words.' }),
      previewUrl: z.boolean().meta({ description: 'Whether WhatsApp shows a preview of the first link.' }),
      ...replying(),
    }),
    z.object({
      type: z.enum(mediaTypes).meta({ description: 'A file, and as what it is shown.' }),
      id: z.string().nullable().meta({ description: 'Meta’s id of an upload.' }),
      link: z.string().nullable().meta({ description: 'Where Meta fetches the file.' }),
      caption: z.string().nullable().meta({ description: 'The words below it.' }),
      filename: z.string().nullable().meta({ description: 'The name that a document is shown with.' }),
      voice: z.boolean().meta({ description: 'Shown as a voice message.' }),
      ...replying(),
    }),
    z.object({
      type: z.literal('location').meta({ description: 'A place on the map.' }),
      latitude: z.number().meta({ description: 'Degrees north.' }),
      longitude: z.number().meta({ description: 'Degrees east.' }),
      name: z.string().nullable().meta({ description: 'What is there.' }),
      address: z.string().nullable().meta({ description: 'Its address.' }),
      ...replying(),
    }),
    z.object({
      type: z.literal('contacts').meta({ description: 'Contact cards.' }),
      contacts: z.array(anyObject('A card, in Meta’s own members.')).meta({ description: 'The cards.' }),
      ...replying(),
    }),
    z.object({
      type: z.literal('reaction').meta({ description: 'An emoji on a message.' }),
      messageId: z.string().meta({ description: 'The message, by Meta’s wamid.' }),
      emoji: z.string().meta({ description: 'The emoji; empty: the reaction was taken away.' }),
      ...replying(),
    }),
    z.object({
      type: z.literal('interactive').meta({ description: 'Something to tap.' }),
      interactive: anyObject('Buttons, a list, a link and more, in Meta’s own members.'),
      ...replying(),
    }),
    z.object({
      type: z.literal('template').meta({ description: 'A template.' }),
      name: z.string().meta({ description: 'The template’s name.' }),
      language: z.string().meta({ description: 'Meta’s language code.' }),
      components: z
        .array(anyObject('One component, as Meta’s template reference describes it.'))
        .meta({ description: 'The values for its placeholders.' }),
      ...replying(),
    }),
  ])
  .meta({ id: 'MessageContent', description: 'What a notification says.' });

function replying() {
  return {
    replyTo: z
      .string()
      .optional()
      .meta({ description: 'The message that it answers, by Meta’s wamid; missing when it answers none.' }),
  };
}
