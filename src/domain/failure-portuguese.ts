import type { FailureCode } from './failure.ts';

/** The sentences of the failure table in Brazilian Portuguese: what went wrong, and what to do. */
export const failuresInPortuguese: Readonly<Record<FailureCode, { title: string; remedy: string }>> = {
  'window-closed': {
    title: 'A janela de 24 horas está fechada, então o WhatsApp só entrega modelos a esta pessoa.',
    remedy:
      'Envie um modelo aprovado (`template`, ou `fallback` junto do texto), ou espere a pessoa escrever para o seu número.',
  },
  'text-too-long': {
    title: 'O texto passa dos 4.096 caracteres que o WhatsApp aceita.',
    remedy: 'Encurte o texto ou divida em várias notificações.',
  },
  'content-invalid': {
    title: 'Parte da mensagem não está como o WhatsApp aceita, por isso ela não foi enviada.',
    remedy: 'Leia `details`: diz qual parte. Corrija e envie uma nova notificação.',
  },
  'recipient-invalid': {
    title: 'O destinatário não é um número de telefone, nem um WhatsApp id, nem um contato conhecido.',
    remedy:
      'Informe em `to` um número com o código do país, como +55 85 98765-4321, ou o id de um contato de GET /v1/contacts.',
  },
  'area-code-missing': {
    title: 'O número de telefone é curto demais para o país: falta o DDD ou o código do país.',
    remedy: 'Informe em `to` o número com código do país e DDD, como +55 85 98765-4321.',
  },
  'recipient-not-permitted': {
    title: 'RECADO_ONLY_TO só permite outros destinatários.',
    remedy: 'Inclua o número em RECADO_ONLY_TO ou remova essa configuração fora do ambiente de testes.',
  },
  'business-phone-missing': {
    title: 'Nenhum número comercial está configurado para enviar.',
    remedy:
      'Defina META_PHONE_NUMBER_ID no .env (painel da Meta: WhatsApp → Configuração da API) e reinicie; o `recado init` pergunta por ele. Outros números: `recado phones add`; `recado phones list` mostra todos.',
  },
  'business-phone-not-ours': {
    title: 'O número comercial de envio não é, ou não é mais, um dos nossos.',
    remedy:
      'Veja os ids dos nossos com `recado phones list` e envie uma nova notificação a partir de um deles, ou deixe sem indicar para usar o padrão. Para adicionar um número: `recado phones add`.',
  },
  'access-token-missing': {
    title: 'Nenhum token de acesso está configurado, então não dá para pedir nenhum envio à Meta.',
    remedy:
      'Defina META_ACCESS_TOKEN no .env com o token de um usuário do sistema e reinicie; o `recado init` pergunta por ele. Token para um único número: `recado phones change`.',
  },
  'access-token-unreadable': {
    title: 'O token de acesso deste número não pode ser decifrado.',
    remedy:
      'Defina RECADO_ENCRYPTION_KEY com o valor de quando o token foi informado e reinicie; ou informe o token de novo com `recado phones change`.',
  },
  'not-connected': {
    title: 'Não foi possível falar com a Meta; a mensagem com certeza não saiu.',
    remedy:
      'O Recado tenta de novo sozinho. Se continuar, verifique a rede desta máquina, o DNS e META_GRAPH_URL.',
  },
  'outcome-unknown': {
    title: 'A mensagem pode ter saído, mas ninguém respondeu e nenhum status chegou.',
    remedy:
      'O Recado não reenvia, para que ninguém receba duas vezes. Pergunte à pessoa, ou envie uma nova notificação se uma repetição não fizer mal.',
  },
  expired: {
    title: 'A notificação não pôde ser enviada antes do seu `notAfter`.',
    remedy: 'Veja o motivo nas tentativas, resolva e envie uma nova notificação.',
  },
  'business-phone-not-registered': {
    title: 'O seu próprio número comercial não está registrado na Cloud API.',
    remedy:
      'Registre uma única vez: `npx recado register`, com o PIN da confirmação em duas etapas em META_REGISTRATION_PIN. Nem o webhook nem uma mensagem da pessoa resolvem isso.',
  },
  'recipient-unreachable': {
    title: 'O WhatsApp não consegue entregar a esta pessoa.',
    remedy:
      'O número pode não ter WhatsApp, ou a pessoa usa uma versão antiga ou não aceitou os novos termos. Confira o número com ela ou fale por outro meio.',
  },
  'recipient-not-allowed': {
    title: 'Um número de teste só pode escrever para os destinatários da sua lista.',
    remedy:
      'Adicione o destinatário no painel da Meta, em WhatsApp → Configuração da API → Para (exatamente na grafia que o WhatsApp usa), ou envie de um número comercial de verdade.',
  },
  'access-token-refused': {
    title: 'A Meta recusou o token de acesso: ele expirou ou foi revogado.',
    remedy:
      'Gere um token de usuário do sistema sem validade, coloque em META_ACCESS_TOKEN e reinicie; para um número com token próprio, informe com `recado phones change`.',
  },
  'permission-missing': {
    title: 'Falta uma permissão ao token de acesso.',
    remedy:
      'Gere um token com whatsapp_business_messaging e whatsapp_business_management, para um usuário do sistema que tenha a conta do WhatsApp atribuída.',
  },
  'phone-number-id-wrong': {
    title: 'A Meta não conhece nenhum número comercial com este id, ou o token não tem acesso a ele.',
    remedy:
      'META_PHONE_NUMBER_ID é o id longo que aparece em WhatsApp → Configuração da API, não o número de telefone em si. Corrija e reinicie.',
  },
  'request-invalid': {
    title: 'A Meta recusou a mensagem porque uma parte dela não é válida.',
    remedy: 'Leia `details`: ali está qual parte. Corrija e envie uma nova notificação.',
  },
  'template-missing': {
    title: 'A Meta não conhece nenhum modelo aprovado com este nome neste idioma.',
    remedy:
      'Compare nome e idioma com Gerenciador do WhatsApp → Modelos de mensagem; o modelo precisa estar aprovado e pertencer à mesma conta do WhatsApp que o número.',
  },
  'template-not-approved': {
    title: 'A Meta não aprovou o modelo, ou ainda não.',
    remedy:
      'Espere a aprovação, que um webhook avisa, ou veja no WhatsApp Manager → Modelos de mensagem por que foi rejeitado. `npx recado templates` mostra a situação de cada um.',
  },
  'template-parameters-wrong': {
    title: 'Os parâmetros não combinam com o modelo.',
    remedy: 'Informe exatamente a quantidade e os tipos de parâmetros que as variáveis do modelo pedem.',
  },
  'template-unavailable': {
    title: 'O modelo está pausado ou desativado.',
    remedy: 'Edite o modelo no Gerenciador do WhatsApp para que seja útil às pessoas, ou use outro.',
  },
  'template-not-ready': {
    title: 'A Meta ainda está preparando o modelo; isso leva até 10 minutos.',
    remedy: 'O Recado espera e tenta de novo sozinho.',
  },
  'flow-unavailable': {
    title: 'O Flow que a mensagem abre está bloqueado ou limitado.',
    remedy:
      'Abra o Flow em Gerenciador do WhatsApp → Flows, corrija o que for indicado e envie uma nova notificação.',
  },
  'throughput-exceeded': {
    title: 'Mais mensagens por segundo do que o número comercial pode enviar.',
    remedy: 'O Recado reduz o ritmo e tenta de novo sozinho.',
  },
  'pair-rate-exceeded': {
    title: 'Mensagens demais para a mesma pessoa em pouco tempo.',
    remedy: 'O Recado espera e tenta de novo sozinho; envie menos mensagens a esta pessoa.',
  },
  'call-rate-exceeded': {
    title: 'O limite de chamadas da Meta para este app ou esta conta foi atingido.',
    remedy: 'O Recado espera e tenta de novo sozinho. Descubra o que mais usa o mesmo app.',
  },
  'spam-limited': {
    title: 'A Meta limitou este número porque gente demais o bloqueou ou denunciou.',
    remedy:
      'Pare de enviar o que as pessoas não querem; veja a classificação de qualidade no Gerenciador do WhatsApp e espere alguns dias.',
  },
  'withheld-by-meta': {
    title: 'A Meta decidiu não entregar agora esta mensagem de marketing a esta pessoa.',
    remedy: 'Espere pelo menos 24 horas antes de escrever de novo para esta pessoa; não repita a mensagem.',
  },
  'recipient-opted-out': {
    title: 'A pessoa parou de receber mensagens de marketing suas.',
    remedy: 'Respeite a escolha: não envie marketing a esta pessoa até que ela volte a aceitar.',
  },
  'recipient-blocked': {
    title: 'A sua empresa bloqueou esta pessoa.',
    remedy:
      'Desbloqueie a pessoa onde o bloqueio foi feito (Gerenciador do WhatsApp ou a sua ferramenta de atendimento) e envie de novo.',
  },
  'country-restricted': {
    title: 'A Meta não deixa esta conta do WhatsApp escrever para pessoas neste país.',
    remedy:
      'A Meta restringe alguns tipos de empresa e de mensagem por país: consulte a Política de Mensagens do WhatsApp Business, ou fale com a pessoa por outro meio.',
  },
  'account-restricted': {
    title: 'A Meta restringiu ou bloqueou a conta do WhatsApp.',
    remedy:
      'Abra a Central de Suporte para Empresas no Meta Business Suite, leia a violação e conteste ou corrija.',
  },
  'payment-problem': {
    title: 'Há algo errado com a forma de pagamento da conta do WhatsApp.',
    remedy:
      'Abra Cobrança no Meta Business Suite e corrija a forma de pagamento, a moeda e os dados fiscais.',
  },
  'terms-not-accepted': {
    title: 'A sua empresa não aceitou os termos do recurso que a mensagem usa.',
    remedy: 'Leia `details`, aceite os termos no Gerenciador do WhatsApp e envie uma nova notificação.',
  },
  'display-name-pending': {
    title: 'O nome de exibição do número comercial ainda não foi aprovado.',
    remedy: 'Espere a aprovação em Gerenciador do WhatsApp → Números de telefone e depois envie de novo.',
  },
  'meta-unavailable': {
    title: 'O serviço da Meta está indisponível por um momento.',
    remedy: 'O Recado tenta de novo sozinho; metastatus.com mostra as instabilidades conhecidas.',
  },
  'unexplained-by-meta': {
    title: 'A Meta falhou por um motivo que ela não informa.',
    remedy:
      'O Recado tenta algumas vezes sozinho. Se continuar, veja metastatus.com e depois passe o trace id da tentativa ao suporte da Meta.',
  },
  'refused-without-code': {
    title: 'A Meta recusou a mensagem e não informou nenhum código de erro.',
    remedy:
      'Leia `details`, se houver: é tudo o que a Meta disse. Verifique o número comercial e a conta no Gerenciador do WhatsApp e depois fale com o suporte da Meta, informando o id da mensagem.',
  },
  'meta-refused': {
    title: 'A Meta recusou a mensagem com um código que o Recado não espera como resposta a uma mensagem.',
    remedy:
      'Execute `recado show error <código>` ou procure o código na lista de erros da Meta; `details` e o trace id da tentativa ajudam o suporte da Meta.',
  },
  'media-unavailable': {
    title: 'A Meta não entregou o arquivo.',
    remedy:
      'O Recado tenta de novo sozinho, durante os sete dias em que a Meta o entrega. Se continuar, leia `details` e execute `recado doctor`.',
  },
  'media-broken': {
    title: 'O que chegou não é o arquivo que a Meta anunciou: o tamanho ou o hash é outro.',
    remedy:
      'O Recado busca o arquivo de novo sozinho. Se continuar, procure o que altera arquivos no caminho até aqui, como um proxy que filtra conteúdo.',
  },
  'media-not-kept': {
    title: 'O arquivo chegou e não pôde ser gravado onde os arquivos são guardados.',
    remedy:
      '`details` traz a palavra do sistema. Libere espaço na pasta indicada por MEDIA_FOLDER e permita que o usuário que executa o Recado grave ali; com MEDIA_BUCKET_URL, veja se o armazenamento responde e aceita a chave. O Recado busca o arquivo de novo sozinho.',
  },
  'media-too-large': {
    title: 'O arquivo é maior do que o Recado guarda.',
    remedy:
      'Aumente o limite, como em `recado settings set mediaMegabytes 100`, e peça à pessoa que envie o arquivo de novo.',
  },
  'media-expired': {
    title: 'A Meta entrega um arquivo durante sete dias, e nesse tempo não foi possível buscá-lo.',
    remedy: 'Corrija o que `details` conta da última tentativa e peça à pessoa que envie o arquivo de novo.',
  },
};
