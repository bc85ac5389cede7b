import type { ErrorFamily } from './entry.ts';

/** Errors about the access token and what it may do (meta-facts §5, §7.2). */
export const accessErrors: ErrorFamily = {
  name: 'access',
  title: { en: 'Token and permissions', 'pt-BR': 'Token e permissões' },
  entries: [
    {
      code: 0,
      title: 'AuthException',
      httpStatus: 401,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'access-token-refused',
      fixAction: 'recado phones change <id> --access-token-file <file>',
      en: {
        meaning: 'Meta cannot verify whose access token this is: it has expired, or was made invalid.',
        steps: [
          'Make a new token for a System User, without an expiry (Meta Business Suite → Settings → System users).',
          'Set it as META_ACCESS_TOKEN in .env and restart Recado; a business phone with a token of its own gets it with `recado phones change`.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta não conseguiu verificar de quem é o token de acesso: ele expirou ou foi invalidado.',
        steps: [
          'Gere um novo token para um usuário do sistema, sem validade (Meta Business Suite → Configurações → Usuários do sistema).',
          'Coloque-o em META_ACCESS_TOKEN no .env e reinicie o Recado; um número com token próprio recebe o novo com `recado phones change`.',
        ],
      },
    },
    {
      code: 3,
      title: 'API Method',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'permission-missing',
      en: {
        meaning: 'The app or its token may not make this call.',
        steps: [
          'Read the token in Meta’s Access Token Debugger: whatsapp_business_messaging and whatsapp_business_management have to be among its scopes.',
          'If one is missing, make a new token with both, for a System User to whom the WhatsApp account is assigned.',
        ],
      },
      'pt-BR': {
        meaning: 'O app ou o token dele não pode fazer esta chamada.',
        steps: [
          'Veja o token no Depurador de Token de Acesso da Meta: whatsapp_business_messaging e whatsapp_business_management precisam estar entre as permissões.',
          'Se faltar alguma, gere um novo token com as duas, para um usuário do sistema que tenha a conta do WhatsApp atribuída.',
        ],
      },
    },
    {
      code: 10,
      title: 'Permission Denied',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'permission-missing',
      en: {
        meaning: 'A permission was never given, or was taken away.',
        steps: [
          'Make a token with whatsapp_business_messaging and whatsapp_business_management.',
          'See that its System User has the WhatsApp account assigned.',
        ],
      },
      'pt-BR': {
        meaning: 'Uma permissão nunca foi concedida ou foi retirada.',
        steps: [
          'Gere um token com whatsapp_business_messaging e whatsapp_business_management.',
          'Confira se o usuário do sistema tem a conta do WhatsApp atribuída.',
        ],
      },
    },
    {
      code: 190,
      title: 'Access token has expired',
      httpStatus: 401,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'access-token-refused',
      fixAction: 'recado phones change <id> --access-token-file <file>',
      en: {
        meaning:
          'The access token has expired or was revoked. The temporary token of the page API Setup lives for a short time only.',
        steps: [
          'Make a token for a System User, without an expiry (Meta Business Suite → Settings → System users), with whatsapp_business_messaging and whatsapp_business_management.',
          'Set it as META_ACCESS_TOKEN in .env and restart Recado; a business phone with a token of its own gets it with `recado phones change`.',
          'Leave your notifications as they are: they wait, and go by themselves once Meta takes the token.',
        ],
      },
      'pt-BR': {
        meaning:
          'O token de acesso expirou ou foi revogado. O token temporário da página Configuração da API dura pouco.',
        steps: [
          'Gere um token para um usuário do sistema, sem validade (Meta Business Suite → Configurações → Usuários do sistema), com whatsapp_business_messaging e whatsapp_business_management.',
          'Coloque-o em META_ACCESS_TOKEN no .env e reinicie o Recado; um número com token próprio recebe o novo com `recado phones change`.',
          'Deixe as notificações como estão: elas esperam e saem sozinhas assim que a Meta aceitar o token.',
        ],
      },
    },
    {
      code: 200,
      lastCode: 299,
      title: 'API Permission',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'permission-missing',
      en: {
        meaning:
          'The token lacks a permission; every number from 200 to 299 says so, for different permissions.',
        steps: [
          'Read Meta’s message beside the code: it usually names the permission.',
          'Make a token with whatsapp_business_messaging and whatsapp_business_management, for a System User to whom the WhatsApp account is assigned.',
        ],
      },
      'pt-BR': {
        meaning:
          'Falta uma permissão ao token; todos os números de 200 a 299 dizem isso, para permissões diferentes.',
        steps: [
          'Leia a mensagem da Meta ao lado do código: em geral ela diz qual é a permissão.',
          'Gere um token com whatsapp_business_messaging e whatsapp_business_management, para um usuário do sistema que tenha a conta do WhatsApp atribuída.',
        ],
      },
    },
    {
      code: 131005,
      title: 'Access denied',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'permission-missing',
      en: {
        meaning: 'The token may not use this WhatsApp account or this number.',
        steps: [
          'Assign the WhatsApp account to the token’s System User (Meta Business Suite → Settings → WhatsApp accounts).',
          'Make a new token with whatsapp_business_messaging and whatsapp_business_management, and give it to Recado.',
        ],
      },
      'pt-BR': {
        meaning: 'O token não pode usar esta conta do WhatsApp ou este número.',
        steps: [
          'Atribua a conta do WhatsApp ao usuário do sistema do token (Meta Business Suite → Configurações → Contas do WhatsApp).',
          'Gere um novo token com whatsapp_business_messaging e whatsapp_business_management e informe-o ao Recado.',
        ],
      },
    },
  ],
};
