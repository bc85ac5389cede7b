import type { ErrorFamily } from './entry.ts';

/** Errors in the request itself (meta-facts §5). */
export const requestErrors: ErrorFamily = {
  name: 'request',
  title: { en: 'The request', 'pt-BR': 'A requisição' },
  entries: [
    {
      code: 33,
      title: 'Parameter value is not valid',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'phone-number-id-wrong',
      fixAction: 'recado phones list',
      en: {
        meaning:
          'Meta knows no business phone with this id: the id is wrong, or the number was deleted. The phone number itself is no phone number id.',
        steps: [
          'Compare the id of `recado phones list` with the one under WhatsApp → API Setup → Phone number ID.',
          'Correct META_PHONE_NUMBER_ID in .env and restart Recado, or add the right business phone with `recado phones add`.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta não conhece nenhum número comercial com este id: o id está errado ou o número foi excluído. O número de telefone em si não é o phone number id.',
        steps: [
          'Compare o id de `recado phones list` com o que aparece em WhatsApp → Configuração da API → Identificação do número de telefone.',
          'Corrija META_PHONE_NUMBER_ID no .env e reinicie o Recado, ou adicione o número certo com `recado phones add`.',
        ],
      },
    },
    {
      code: 100,
      title: 'Invalid parameter',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'request-invalid',
      fixAction: 'recado phones list',
      en: {
        meaning:
          'A parameter is unknown, misspelt, too long, or does not belong to this business phone. Where Meta says that the object does not exist, the phone number id is wrong, as with #33.',
        steps: [
          'Read `details` of the failure: it names the parameter.',
          'If it says “does not exist”, compare the id of `recado phones list` with WhatsApp → API Setup → Phone number ID.',
          'Otherwise correct the parameter and send a new notification.',
        ],
      },
      'pt-BR': {
        meaning:
          'Um parâmetro não existe, está escrito errado, é longo demais ou não pertence a este número. Quando a Meta diz que o objeto não existe (“does not exist”), o phone number id está errado, como em #33.',
        steps: [
          'Leia `details` da falha: ali está o nome do parâmetro.',
          'Se aparecer “does not exist”, compare o id de `recado phones list` com WhatsApp → Configuração da API → Identificação do número de telefone.',
          'Nos outros casos, corrija o parâmetro e envie uma nova notificação.',
        ],
      },
    },
    {
      code: 131008,
      title: 'Required parameter is missing',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning: 'Something that this kind of message needs is not in the request.',
        steps: [
          'Read `details` of the failure: it names what is missing, often a value for a placeholder of a template.',
          'Add it and send a new notification.',
        ],
      },
      'pt-BR': {
        meaning: 'Falta na requisição algo que este tipo de mensagem exige.',
        steps: [
          'Leia `details` da falha: ali está o que falta, muitas vezes o valor de uma variável do modelo.',
          'Inclua e envie uma nova notificação.',
        ],
      },
    },
    {
      code: 131009,
      title: 'Parameter value is not valid',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'request-invalid',
      fixAction: 'recado phones list',
      en: {
        meaning:
          'A value is not one that Meta takes, or the business phone does not belong to the WhatsApp account. When a message is marked as read: its id is wrong.',
        steps: [
          'Read `details` of the failure: it names the value.',
          'If the values are right, see that the business phone of `recado phones list` stands in WhatsApp Manager under the same WhatsApp account as the token.',
          'Correct it and send a new notification.',
        ],
      },
      'pt-BR': {
        meaning:
          'Um valor não é aceito pela Meta, ou o número não pertence à conta do WhatsApp. Ao marcar uma mensagem como lida: o id dela está errado.',
        steps: [
          'Leia `details` da falha: ali está o valor.',
          'Se os valores estiverem certos, confira no Gerenciador do WhatsApp se o número de `recado phones list` está na mesma conta do WhatsApp que o token.',
          'Corrija e envie uma nova notificação.',
        ],
      },
    },
    {
      code: 131014,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['answer'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'An old code for a request to an address that failed. It is known from old examples only, and Meta does not list it any more.',
        steps: [
          'Read `details` beside it.',
          'If Meta really sent it to you, give the time and the id of the message to Meta’s support.',
        ],
      },
      'pt-BR': {
        meaning:
          'Um código antigo para uma requisição a um endereço que falhou. Só é conhecido de exemplos antigos, e a Meta não o lista mais.',
        steps: [
          'Leia `details` ao lado dele.',
          'Se a Meta realmente enviou este código a você, passe o horário e o id da mensagem ao suporte da Meta.',
        ],
      },
    },
    {
      code: 131051,
      title: 'Unsupported message type',
      httpStatus: 400,
      documented: true,
      appears: ['incoming-message', 'answer'],
      fault: 'nobody',
      failure: 'request-invalid',
      en: {
        meaning:
          'In a message from a person: they sent something that Meta does not pass on to businesses, such as a poll. In an answer: Meta does not know the type of message that you sent.',
        steps: [
          'If a person sent it, nothing is broken and the event is kept: ask them to say it as text, photo or document.',
          'If you sent it, send it as another type.',
        ],
      },
      'pt-BR': {
        meaning:
          'Em uma mensagem recebida: a pessoa enviou algo que a Meta não repassa a empresas, como uma enquete. Na resposta a um envio: a Meta não conhece o tipo de mensagem que você enviou.',
        steps: [
          'Se foi a pessoa que enviou, nada está quebrado e o evento fica guardado: peça que ela mande como texto, foto ou documento.',
          'Se foi você que enviou, envie com outro tipo.',
        ],
      },
    },
    {
      code: 131053,
      title: 'Media upload error',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning:
          'Meta could not take the file that you send: its type or size is not allowed, or Meta cannot reach its link.',
        steps: [
          'Compare the size: image 5 MB, audio and video 16 MB, document 100 MB, sticker 100 KB (animated 500 KB).',
          'Open the link from outside your network: it has to answer over HTTPS without a login, with the file’s own content type.',
          'Correct it and send a new notification.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta não conseguiu receber o arquivo que você enviou: o tipo ou o tamanho não é permitido, ou o link não está acessível para ela.',
        steps: [
          'Confira o tamanho: imagem 5 MB, áudio e vídeo 16 MB, documento 100 MB, figurinha 100 KB (animada 500 KB).',
          'Abra o link de fora da sua rede: ele precisa responder por HTTPS, sem login e com o tipo de conteúdo do arquivo.',
          'Corrija e envie uma nova notificação.',
        ],
      },
    },
    {
      code: 135000,
      title: 'Generic user error',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning: 'Meta could not work with the parameters of the message, and does not say with which.',
        steps: [
          'Read `details` of the failure.',
          'Compare the message with one that works, and leave out part after part; with templates, compare every component.',
          'If nothing helps, give the time and the id of the message to Meta’s support.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta não conseguiu usar os parâmetros da mensagem e não diz qual deles.',
        steps: [
          'Leia `details` da falha.',
          'Compare com uma mensagem que funciona e vá tirando uma parte por vez; em modelos, compare cada componente.',
          'Se nada ajudar, passe o horário e o id da mensagem ao suporte da Meta.',
        ],
      },
    },
  ],
};
