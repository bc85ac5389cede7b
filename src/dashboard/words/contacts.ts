/** The list of contacts, and one of them. */
export const contacts = {
  title: { en: 'Contacts', 'pt-BR': 'Contatos' },
  search: { en: 'Name or number', 'pt-BR': 'Nome ou número' },
  none: { en: 'Nobody yet', 'pt-BR': 'Ninguém ainda' },
  noneWhy: {
    en: 'Whoever writes to your number is registered here, and can be notified from then on.',
    'pt-BR': 'Quem escrever para o seu número é registrado aqui e pode ser notificado a partir daí.',
  },
  noneFound: { en: 'Nobody is called so', 'pt-BR': 'Ninguém tem esse nome' },
  choose: { en: 'Choose a contact', 'pt-BR': 'Escolha um contato' },
  back: { en: 'All contacts', 'pt-BR': 'Todos os contatos' },
  mayText: { en: 'Any message may be sent now', 'pt-BR': 'Qualquer mensagem pode ser enviada agora' },
  mayTemplate: { en: 'Only a template may be sent now', 'pt-BR': 'Só um modelo pode ser enviado agora' },
  mayNothing: { en: 'Nothing may be sent now', 'pt-BR': 'Nada pode ser enviado agora' },
  conversation: { en: 'Open the conversation', 'pt-BR': 'Abrir a conversa' },
  names: { en: 'Known as', 'pt-BR': 'Conhecido como' },
  until: {
    en: (time: string) => `until ${time}`,
    'pt-BR': (time: string) => `até ${time}`,
  },
  kinds: {
    wa_id: { en: 'WhatsApp id', 'pt-BR': 'Id do WhatsApp' },
    user_id: { en: 'User id', 'pt-BR': 'Id de usuário' },
    parent_user_id: { en: 'Parent user id', 'pt-BR': 'Id de usuário superior' },
    username: { en: 'Username', 'pt-BR': 'Nome de usuário' },
    typed: { en: 'Number as typed', 'pt-BR': 'Número como digitado' },
  },
  optOuts: { en: 'Wants no messages of', 'pt-BR': 'Não quer mensagens de' },
  noOptOuts: {
    en: 'Has refused nothing.',
    'pt-BR': 'Não recusou nada.',
  },
  evidence: {
    en: (evidence: string, time: string) => `${evidence} (${time})`,
    'pt-BR': (evidence: string, time: string) => `${evidence} (${time})`,
  },
  since: {
    en: (time: string) => `Known since ${time}`,
    'pt-BR': (time: string) => `Conhecido desde ${time}`,
  },
  wroteIn: { en: 'Has written to you', 'pt-BR': 'Já escreveu para você' },
  neverWrote: { en: 'Has not written to you', 'pt-BR': 'Nunca escreveu para você' },
} as const;
