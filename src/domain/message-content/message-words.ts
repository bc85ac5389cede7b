import type { Language } from '../language.ts';
import type { MessageType } from './message.ts';

/** What a summary is made of, in one language. */
export type MessageWords = {
  /** What each type of message is called, or what its sender did. */
  labels: Readonly<Record<MessageType, string>>;
  voice: string;
  reactionRemoved: string;
  yes: string;
  no: string;
  /** How many products an order has. */
  products: (count: number) => string;
};

/** The words of summaries in every language. */
export const messageWords: Readonly<Record<Language, MessageWords>> = {
  en: {
    labels: {
      text: 'Text',
      image: 'Photo',
      video: 'Video',
      audio: 'Audio',
      document: 'Document',
      sticker: 'Sticker',
      'media-placeholder': 'Media without its file',
      location: 'Location',
      contacts: 'Contact',
      button: 'Button',
      'button-reply': 'Chose',
      'list-reply': 'Chose',
      'flow-reply': 'Form filled in',
      'address-reply': 'Address',
      'call-permission-reply': 'Permission to call',
      'payment-method': 'Payment method',
      'payment-notification': 'Payment notice',
      'other-reply': 'Reply',
      reaction: 'Reacted',
      order: 'Order',
      edit: 'Edited',
      revoke: 'Deleted a message',
      'number-changed': 'Changed phone number',
      'user-id-changed': 'Got a new user id',
      'identity-changed': 'Security code changed',
      system: 'Notice from WhatsApp',
      'request-welcome': 'Welcome asked for',
      unsupported: 'Unsupported message',
      unknown: 'Message of an unknown type',
    },
    voice: 'Voice message',
    reactionRemoved: 'Took back a reaction',
    yes: 'yes',
    no: 'no',
    products: (count) => (count === 1 ? '1 product' : `${count} products`),
  },
  'pt-BR': {
    labels: {
      text: 'Texto',
      image: 'Foto',
      video: 'Vídeo',
      audio: 'Áudio',
      document: 'Documento',
      sticker: 'Figurinha',
      'media-placeholder': 'Mídia sem o arquivo',
      location: 'Localização',
      contacts: 'Contato',
      button: 'Botão',
      'button-reply': 'Escolheu',
      'list-reply': 'Escolheu',
      'flow-reply': 'Formulário preenchido',
      'address-reply': 'Endereço',
      'call-permission-reply': 'Permissão para ligar',
      'payment-method': 'Forma de pagamento',
      'payment-notification': 'Aviso de pagamento',
      'other-reply': 'Resposta',
      reaction: 'Reagiu com',
      order: 'Pedido',
      edit: 'Editou',
      revoke: 'Apagou uma mensagem',
      'number-changed': 'Mudou de número',
      'user-id-changed': 'Recebeu um novo id de usuário',
      'identity-changed': 'Código de segurança mudou',
      system: 'Aviso do WhatsApp',
      'request-welcome': 'Boas-vindas pedidas',
      unsupported: 'Mensagem não suportada',
      unknown: 'Mensagem de tipo desconhecido',
    },
    voice: 'Mensagem de voz',
    reactionRemoved: 'Retirou uma reação',
    yes: 'sim',
    no: 'não',
    products: (count) => (count === 1 ? '1 produto' : `${count} produtos`),
  },
};
