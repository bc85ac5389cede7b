import type { ErrorFamily } from './entry.ts';

/** Errors about the person who would receive the message (meta-facts §5, §5.1). */
export const recipientErrors: ErrorFamily = {
  name: 'recipient',
  title: { en: 'The person and the window', 'pt-BR': 'A pessoa e a janela de 24 horas' },
  entries: [
    {
      code: 131047,
      title: 'Re-engagement message',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'you',
      failure: 'window-closed',
      fixAction: 'recado send --to <recipient> --template <name> --language <code>',
      en: {
        meaning:
          'The 24-hour window is closed: this person wrote to your number more than 24 hours ago, or never, and you sent something other than a template. It usually comes as a `failed` status minutes after Meta accepted the message, so only somebody with a working webhook sees it. The webhook makes the error visible; it does not open the window.',
        steps: [
          'Send an approved template instead: it reaches people at any time. Or give one as `fallback` beside the text, and Recado uses it whenever the window is closed.',
          'Or wait until the person writes to your number: every message or call of theirs opens the window for 24 hours.',
        ],
      },
      'pt-BR': {
        meaning:
          'A janela de 24 horas está fechada: a pessoa escreveu para o seu número há mais de 24 horas, ou nunca escreveu, e você enviou algo que não é um modelo. Em geral o erro chega como status `failed`, depois que a Meta já aceitou a mensagem, então só quem tem o webhook funcionando consegue vê-lo. O webhook mostra o erro, mas não abre a janela.',
        steps: [
          'Envie um modelo aprovado: ele chega a qualquer momento. Ou informe um em `fallback` junto do texto, e o Recado usa o modelo sempre que a janela estiver fechada.',
          'Ou espere a pessoa escrever para o seu número: cada mensagem ou ligação dela abre a janela por 24 horas.',
        ],
      },
    },
    {
      code: 131030,
      title: 'Recipient phone number not in allowed list',
      httpStatus: 400,
      documented: false,
      appears: ['answer'],
      fault: 'you',
      failure: 'recipient-not-allowed',
      fixAction: 'recado contacts',
      en: {
        meaning:
          'You send from a test number of Meta’s, and a test number may write only to the recipients on its list. The list compares the spelling: in Brazil a mobile number with the ninth digit (55 85 9 8765-4321) and without it (55 85 8765-4321) are two entries, although they are one person. A webhook does not cure this, and neither does a message from the person.',
        steps: [
          'In the Meta console open WhatsApp → API Setup → To, and add the recipient. The list is short: five recipients, by most accounts.',
          'If the number stands there already, add its other spelling, with or without the ninth digit. `recado contacts` shows the spelling that WhatsApp uses for people who wrote to you.',
          'For everybody else, send from a real business phone.',
        ],
      },
      'pt-BR': {
        meaning:
          'Você está enviando de um número de teste da Meta, e um número de teste só escreve para os destinatários da lista dele. A lista compara a grafia exata: no Brasil, um celular com o nono dígito (55 85 9 8765-4321) e sem ele (55 85 8765-4321) são duas entradas, embora seja a mesma pessoa. O webhook não resolve isso, nem uma mensagem enviada pela pessoa.',
        steps: [
          'No painel da Meta, abra WhatsApp → Configuração da API → Para e adicione o destinatário. A lista é curta: cinco destinatários, segundo a maioria dos relatos.',
          'Se o número já estiver na lista, adicione a outra grafia, com ou sem o nono dígito. O comando `recado contacts` mostra a grafia que o WhatsApp usa para quem já escreveu para você.',
          'Para os demais, envie de um número comercial de verdade.',
        ],
      },
    },
    {
      code: 131026,
      title: 'Message Undeliverable',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'recipient',
      failure: 'recipient-unreachable',
      en: {
        meaning:
          'WhatsApp cannot deliver to this person. The number may not be on WhatsApp, its app may be too old, or the person has not accepted the current terms. Meta covers several causes with this code on purpose and does not say which.',
        steps: [
          'Compare the number with the person: country code, area code, every digit.',
          'Ask them to update WhatsApp, to open it and accept its terms, and to write to your number.',
          'If that is not possible, reach them another way; the same message would fail again.',
        ],
      },
      'pt-BR': {
        meaning:
          'O WhatsApp não consegue entregar a esta pessoa. O número pode não ter WhatsApp, o app pode estar muito desatualizado ou a pessoa ainda não aceitou os termos atuais. A Meta usa este código para várias causas de propósito e não diz qual foi.',
        steps: [
          'Confira o número com a pessoa: código do país, DDD e cada dígito.',
          'Peça que ela atualize o WhatsApp, abra o app, aceite os termos e escreva para o seu número.',
          'Se não for possível, fale com ela por outro meio; a mesma mensagem falharia de novo.',
        ],
      },
    },
    {
      code: 131021,
      title: 'Recipient cannot be sender',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning: 'The message was addressed to the very number that sends it.',
        steps: ['Give another recipient in `to`; for a trial, use your own private phone.'],
      },
      'pt-BR': {
        meaning: 'A mensagem foi endereçada ao próprio número que a envia.',
        steps: ['Informe outro destinatário em `to`; para testar, use o seu telefone pessoal.'],
      },
    },
    {
      code: 131062,
      title: null,
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'request-invalid',
      fixAction: 'recado contacts',
      en: {
        meaning:
          'This kind of message, such as an authentication template, cannot be addressed to a business-scoped user id.',
        steps: [
          'Send it to the person’s phone number. `recado contacts` shows who has one.',
          'If only the user id is known, ask the person for their number.',
        ],
      },
      'pt-BR': {
        meaning:
          'Este tipo de mensagem, como um modelo de autenticação, não pode ser endereçado a um identificador de usuário (BSUID).',
        steps: [
          'Envie para o número de telefone da pessoa. O comando `recado contacts` mostra quem tem número conhecido.',
          'Se só o identificador for conhecido, peça o número à pessoa.',
        ],
      },
    },
    {
      code: 137000,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['answer'],
      fault: 'recipient',
      failure: 'request-invalid',
      en: {
        meaning:
          'The message named the recipient’s identity hash, and it is no longer theirs: they probably changed their phone or installed WhatsApp anew.',
        steps: [
          'Make sure by another way that you still speak with the same person.',
          'Send again without the hash, or with the one that the person’s latest message carries.',
        ],
      },
      'pt-BR': {
        meaning:
          'A mensagem informou o hash de identidade do destinatário e ele não confere mais: a pessoa provavelmente trocou de aparelho ou reinstalou o WhatsApp.',
        steps: [
          'Confirme por outro meio que você ainda está falando com a mesma pessoa.',
          'Envie de novo sem o hash, ou com o hash que veio na mensagem mais recente da pessoa.',
        ],
      },
    },
  ],
};
