/** How Recado behaves, who may use it, and the brake. */
export const settings = {
  title: { en: 'Settings', 'pt-BR': 'Ajustes' },
  brake: { en: 'Emergency brake', 'pt-BR': 'Freio de emergência' },
  brakeOff: {
    en: 'Messages go out. The brake holds all of them back; what is asked for meanwhile waits and goes later.',
    'pt-BR':
      'As mensagens estão saindo. O freio segura todas; o que for pedido nesse tempo espera e sai depois.',
  },
  brakeOn: {
    en: 'Nothing is sent. What is asked for waits, and goes out as soon as you start again.',
    'pt-BR': 'Nada está sendo enviado. O que for pedido espera e sai assim que você recomeçar.',
  },
  decided: {
    en: (who: string, time: string) => `Decided by ${who}, ${time}.`,
    'pt-BR': (who: string, time: string) => `Decidido por ${who}, ${time}.`,
  },
  stop: { en: 'Stop all sending', 'pt-BR': 'Parar todos os envios' },
  start: { en: 'Start sending again', 'pt-BR': 'Voltar a enviar' },
  behaviour: { en: 'Behaviour', 'pt-BR': 'Comportamento' },
  change: { en: 'Change', 'pt-BR': 'Mudar' },
  save: { en: 'Save', 'pt-BR': 'Salvar' },
  leave: { en: 'Cancel', 'pt-BR': 'Cancelar' },
  toDefault: { en: 'Back to the default', 'pt-BR': 'Voltar ao padrão' },
  isDefault: { en: 'default', 'pt-BR': 'padrão' },
  on: { en: 'on', 'pt-BR': 'ligado' },
  off: { en: 'off', 'pt-BR': 'desligado' },
  nothing: { en: 'none', 'pt-BR': 'nenhum' },
  expects: {
    en: (name: string, values: string) => `${name} ${values}`,
    'pt-BR': (name: string, values: string) => `${name} ${values}`,
  },
  newValue: {
    en: (name: string) => `New value of ${name}`,
    'pt-BR': (name: string) => `Novo valor de ${name}`,
  },
  notJson: {
    en: 'This value is JSON. Quotes stand around names and words, such as {"name": "hello", "language": "pt_BR"}.',
    'pt-BR':
      'Este valor é JSON. Nomes e palavras ficam entre aspas, como {"name": "hello", "language": "pt_BR"}.',
  },
  phones: { en: 'Business phones', 'pt-BR': 'Telefones da empresa' },
  phonesNone: {
    en: 'None is known yet. Setup tells how to connect one.',
    'pt-BR': 'Nenhum é conhecido ainda. A configuração diz como conectar um.',
  },
  isStandard: { en: 'sends by default', 'pt-BR': 'envia por padrão' },
  foreign: { en: 'not yours', 'pt-BR': 'não é seu' },
  cannotSend: { en: 'no access token', 'pt-BR': 'sem token de acesso' },
  keys: { en: 'API keys', 'pt-BR': 'Chaves de API' },
  keysNone: {
    en: 'None yet. Make one for each program that uses Recado, so that each can be revoked alone.',
    'pt-BR':
      'Nenhuma ainda. Crie uma para cada programa que usa o Recado, para que cada uma possa ser revogada sozinha.',
  },
  keyName: { en: 'Name of the program', 'pt-BR': 'Nome do programa' },
  keyMay: { en: 'It may', 'pt-BR': 'Ela pode' },
  scopes: {
    read: { en: 'read', 'pt-BR': 'ler' },
    send: { en: 'send', 'pt-BR': 'enviar' },
    manage: { en: 'manage', 'pt-BR': 'administrar' },
  },
  makeKey: { en: 'Make a key', 'pt-BR': 'Criar uma chave' },
  keyOnce: {
    en: 'This is the key. It is shown only now.',
    'pt-BR': 'Esta é a chave. Ela só aparece agora.',
  },
  revoke: { en: 'Revoke', 'pt-BR': 'Revogar' },
  reallyRevoke: { en: 'Really revoke it', 'pt-BR': 'Revogar mesmo' },
  revoked: {
    en: (time: string) => `revoked ${time}`,
    'pt-BR': (time: string) => `revogada ${time}`,
  },
  used: {
    en: (time: string) => `last used ${time}`,
    'pt-BR': (time: string) => `usada por último ${time}`,
  },
  neverUsed: { en: 'never used', 'pt-BR': 'nunca usada' },
  audit: { en: 'Who changed what', 'pt-BR': 'Quem mudou o quê' },
  auditNone: { en: 'Nothing was changed yet.', 'pt-BR': 'Nada foi mudado ainda.' },
} as const;
