import type { ErrorFamily } from './entry.ts';

/** Errors about the template that a message is made of (meta-facts §5). */
export const templateErrors: ErrorFamily = {
  name: 'template',
  title: { en: 'Sending a template', 'pt-BR': 'Envio de modelos' },
  entries: [
    {
      code: 132000,
      title: 'Template Param Count Mismatch',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning: 'The template has more or fewer placeholders than you gave values.',
        steps: [
          'Open the template in WhatsApp Manager → Message templates, in the language that you send.',
          'Count its placeholders in header, body and buttons, and give one value for each.',
          'If the numbers are equal, see that you look at the template that is sent: another language or an edited version may have other placeholders.',
        ],
      },
      'pt-BR': {
        meaning: 'O modelo tem mais ou menos variáveis do que os valores informados.',
        steps: [
          'Abra o modelo em Gerenciador do WhatsApp → Modelos de mensagem, no idioma que você envia.',
          'Conte as variáveis no cabeçalho, no corpo e nos botões e informe um valor para cada uma.',
          'Se as quantidades forem iguais, confira se é esse mesmo o modelo enviado: outro idioma ou uma versão editada pode ter outras variáveis.',
        ],
      },
    },
    {
      code: 132001,
      title: 'Template does not exist',
      httpStatus: 404,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-missing',
      en: {
        meaning:
          'The WhatsApp account of this business phone has no approved template with this name in this language.',
        steps: [
          'Compare the name letter by letter with WhatsApp Manager → Message templates.',
          'Compare the language: `pt_BR` and `pt_PT`, or `en` and `en_US`, are different templates.',
          'See that it is approved, and belongs to the WhatsApp account of the number that sends.',
        ],
      },
      'pt-BR': {
        meaning:
          'A conta do WhatsApp deste número não tem nenhum modelo aprovado com este nome neste idioma.',
        steps: [
          'Compare o nome, letra por letra, com Gerenciador do WhatsApp → Modelos de mensagem.',
          'Compare o idioma: `pt_BR` e `pt_PT`, ou `en` e `en_US`, são modelos diferentes.',
          'Confira se ele está aprovado e se pertence à conta do WhatsApp do número que envia.',
        ],
      },
    },
    {
      code: 132005,
      title: 'Template Hydrated Text Too Long',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning: 'With your values filled in, the text of the template is too long.',
        steps: ['Give shorter values, or put the long part on a page and send a link to it.'],
      },
      'pt-BR': {
        meaning: 'Com os seus valores preenchidos, o texto do modelo fica longo demais.',
        steps: ['Informe valores mais curtos, ou coloque a parte longa em uma página e envie o link.'],
      },
    },
    {
      code: 132007,
      title: 'Template Format Character Policy Violated',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning: 'A value holds characters that Meta does not allow in a template.',
        steps: [
          'Read `details` of the failure: it names the place.',
          'Take line breaks, tabs and long runs of spaces out of the values, and send again.',
        ],
      },
      'pt-BR': {
        meaning: 'Um dos valores contém caracteres que a Meta não permite em modelos.',
        steps: [
          'Leia `details` da falha: ali está o lugar.',
          'Tire quebras de linha, tabulações e sequências longas de espaços dos valores e envie de novo.',
        ],
      },
    },
    {
      code: 132008,
      title: null,
      httpStatus: 400,
      documented: false,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning: 'Something is wrong with the values that were given for the template.',
        steps: [
          'Read `details` of the failure.',
          'Compare the values with the placeholders of the template in WhatsApp Manager, one by one.',
        ],
      },
      'pt-BR': {
        meaning: 'Há algo errado com os valores informados para o modelo.',
        steps: [
          'Leia `details` da falha.',
          'Compare os valores com as variáveis do modelo no Gerenciador do WhatsApp, uma a uma.',
        ],
      },
    },
    {
      code: 132012,
      title: 'Template Parameter Format Mismatch',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning:
          'A value is of another kind than its placeholder: a text for a picture, or a name for a number.',
        steps: [
          'Look whether the template names its placeholders ({{name}}) or numbers them ({{1}}): named ones need `parameter_name`.',
          'Give each component the kind that the template declares: text, currency, date, image, video or document.',
        ],
      },
      'pt-BR': {
        meaning:
          'Um valor é de tipo diferente da variável: um texto no lugar de uma imagem, ou um nome no lugar de um número.',
        steps: [
          'Veja se o modelo dá nome às variáveis ({{nome}}) ou as numera ({{1}}): as que têm nome precisam de `parameter_name`.',
          'Informe em cada componente o tipo que o modelo declara: texto, moeda, data, imagem, vídeo ou documento.',
        ],
      },
    },
    {
      code: 132015,
      title: 'Template is Paused',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-unavailable',
      en: {
        meaning: 'Meta paused the template, because people did not like it: its quality is low.',
        steps: [
          'Send another template meanwhile.',
          'Edit the paused one in WhatsApp Manager so that people see what it gives them, and send it to those who expect it.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta pausou o modelo porque as pessoas não gostaram dele: a qualidade está baixa.',
        steps: [
          'Enquanto isso, envie outro modelo.',
          'Edite o modelo pausado no Gerenciador do WhatsApp, deixando clara a utilidade dele, e envie só para quem o espera.',
        ],
      },
    },
    {
      code: 132016,
      title: 'Template is Disabled',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-unavailable',
      en: {
        meaning: 'Meta disabled the template for good, after it was paused for low quality.',
        steps: [
          'Make a new template with another text and have it approved.',
          'Change the name in your program, then send new notifications.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta desativou o modelo de vez, depois de ele ter sido pausado por baixa qualidade.',
        steps: [
          'Crie um novo modelo com outro texto e peça a aprovação.',
          'Troque o nome no seu programa e envie novas notificações.',
        ],
      },
    },
    {
      code: 132018,
      title: null,
      httpStatus: 400,
      documented: false,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-parameters-wrong',
      en: {
        meaning: 'Something is wrong with the values that were given for the template.',
        steps: [
          'Read `details` of the failure.',
          'Compare every component with the template in WhatsApp Manager: header, body, and each button with its index.',
        ],
      },
      'pt-BR': {
        meaning: 'Há algo errado com os valores informados para o modelo.',
        steps: [
          'Leia `details` da falha.',
          'Compare cada componente com o modelo no Gerenciador do WhatsApp: cabeçalho, corpo e cada botão com o seu índice.',
        ],
      },
    },
  ],
};
