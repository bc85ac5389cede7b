import type { Said } from '../language.ts';

/** What a message is called that is shown by more than its words; any other type keeps Meta's word. */
export const messageTypes: Readonly<Record<string, Said>> = {
  image: { en: 'Picture', 'pt-BR': 'Imagem' },
  video: { en: 'Video', 'pt-BR': 'Vídeo' },
  audio: { en: 'Audio', 'pt-BR': 'Áudio' },
  voice: { en: 'Voice message', 'pt-BR': 'Mensagem de voz' },
  document: { en: 'Document', 'pt-BR': 'Documento' },
  sticker: { en: 'Sticker', 'pt-BR': 'Figurinha' },
  location: { en: 'Location', 'pt-BR': 'Localização' },
  contacts: { en: 'Contact', 'pt-BR': 'Contato' },
  interactive: { en: 'Choice', 'pt-BR': 'Escolha' },
  button: { en: 'Button', 'pt-BR': 'Botão' },
  order: { en: 'Order', 'pt-BR': 'Pedido' },
  system: { en: 'Told by WhatsApp', 'pt-BR': 'Informado pelo WhatsApp' },
  unsupported: { en: 'Not shown to businesses', 'pt-BR': 'Não mostrado a empresas' },
};
