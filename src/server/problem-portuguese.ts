import type { ProblemCode } from './problem.ts';

/** The sentences of the table of problems in Brazilian Portuguese: what is wrong, and what to do. */
export const problemsInPortuguese: Readonly<Record<ProblemCode, { title: string; remedy: string }>> = {
  'no-api-key': {
    title: 'Nenhuma chave de API está configurada, então a API está fechada.',
    remedy: 'Execute `recado init`, que escreve RECADO_ADMIN_KEY no .env, e reinicie o Recado.',
  },
  'api-key-missing': {
    title: 'A requisição não traz nenhuma chave de API.',
    remedy:
      'Envie o cabeçalho `Authorization: Bearer <chave>`. Crie uma chave com `recado keys create` ou use a RECADO_ADMIN_KEY do .env; se não houver nenhuma, execute `recado init`.',
  },
  'api-key-wrong': {
    title: 'O Recado não conhece esta chave de API.',
    remedy:
      'Compare com a RECADO_ADMIN_KEY do .env do Recado em execução (se ela mudou, reinicie o Recado), ou crie uma nova com `recado keys create`.',
  },
  'api-key-revoked': {
    title: 'A chave de API foi revogada.',
    remedy: 'Crie uma nova com `recado keys create` e use-a aqui.',
  },
  'session-ended': {
    title: 'A sessão acabou: foi encerrada, passaram doze horas ou o Recado foi reiniciado.',
    remedy: 'Entre de novo com uma chave de API: POST /v1/session.',
  },
  'origin-foreign': {
    title: 'O navegador não indica que esta requisição partiu de uma página do Recado.',
    remedy:
      'Abra a própria página do Recado e faça por lá. Um programa não envia cookie, e sim o cabeçalho `Authorization: Bearer <chave>`.',
  },
  'scope-missing': {
    title: 'Esta chave de API não tem permissão para isto.',
    remedy: 'Crie uma chave com o escopo indicado em `detail`: `recado keys create`.',
  },
  'too-many-failures': {
    title: 'Chaves de API erradas demais vieram deste endereço.',
    remedy:
      'Espere o tempo indicado em `Retry-After` e, enquanto isso, corrija a chave onde ela está configurada.',
  },
  'too-many-requests': {
    title: 'Esta chave de API faz mais requisições do que RATE_LIMIT permite.',
    remedy: 'Espere o tempo indicado em `Retry-After`.',
  },
  'too-many-streams': {
    title: 'Esta chave de API já tem abertos todos os fluxos de eventos que pode ter.',
    remedy:
      'Feche os fluxos que ninguém lê mais, use um só para o programa inteiro ou uma chave própria para cada programa: `recado keys create`.',
  },
  'request-malformed': {
    title: 'A requisição não é válida.',
    remedy: 'Corrija o que `errors` aponta e envie de novo; /openapi.json descreve cada campo.',
  },
  'business-phone-id-wrong': {
    title: 'Isto não é o id de um número de telefone.',
    remedy:
      'Copie o id longo: console da Meta → seu app → WhatsApp → Configuração da API → Identificação do número de telefone (abaixo do número).',
  },
  'body-missing': {
    title: 'A requisição não tem corpo.',
    remedy: 'Envie um objeto JSON como corpo, com o cabeçalho `Content-Type: application/json`.',
  },
  'body-not-json': {
    title: 'O corpo não é JSON.',
    remedy:
      'Corrija o ponto indicado em `detail`, ou deixe uma biblioteca de JSON escrever o corpo, e envie de novo.',
  },
  'body-not-utf-8': {
    title: 'O corpo não está em UTF-8.',
    remedy:
      'Codifique o corpo em UTF-8 (no console do Windows, coloque-o antes em um arquivo UTF-8) e envie de novo.',
  },
  'idempotency-key-conflict': {
    title: 'O cabeçalho `Idempotency-Key` e o campo `idempotencyKey` são diferentes.',
    remedy: 'Informe a chave em um só lugar, ou a mesma nos dois, e envie de novo.',
  },
  'cursor-invalid': {
    title: 'A lista não pode começar nesse ponto.',
    remedy:
      'Em `after`, informe o `next` de uma resposta anterior desta lista, ou deixe de fora para começar do início.',
  },
  'events-forgotten': {
    title:
      'Eventos depois desse ponto foram esquecidos: o leitor ficou ausente por mais tempo que a retenção.',
    remedy:
      'Continue com `after=ev_0000000000`: começa no evento mais antigo que ainda existe. O que havia no meio se perdeu; uma retenção maior (`recado settings set retention`) guarda mais a partir de agora.',
  },
  'feed-another': {
    title: 'Este é outro feed, não o desse ponto: o banco de dados é novo ou foi restaurado em outro lugar.',
    remedy:
      'Verifique se o gateway usa o banco de dados certo. Se usa, continue com `after=ev_0000000000`, que começa no evento mais antigo que existe.',
  },
  'http-malformed': {
    title: 'A requisição não é HTTP válido.',
    remedy: 'Confira o endereço e os cabeçalhos que o seu cliente HTTP escreve e envie de novo.',
  },
  'route-unknown': {
    title: 'Não há nada neste endereço.',
    remedy: 'Compare o caminho com /openapi.json, que lista todos os endereços.',
  },
  'store-unavailable': {
    title: 'No momento o banco de dados não consegue ler nem guardar nada.',
    remedy:
      'Repita a requisição daqui a pouco, com a mesma chave de idempotência. Se continuar assim, procure `reference` no log do Recado: em geral o disco de DATABASE_URL está cheio, somente leitura ou sumiu.',
  },
  'notification-unknown': {
    title: 'Nenhuma notificação tem este id.',
    remedy: 'Use o id da resposta de POST /v1/notifications, ou procure com GET /v1/notifications.',
  },
  'notification-not-waiting': {
    title: 'A notificação já não está esperando, por isso não pode ser cancelada.',
    remedy: 'Veja o que aconteceu com ela: GET /v1/notifications/{id}. O que a Meta já aceitou não volta.',
  },
  'batch-unknown': {
    title: 'Nenhum lote tem este id.',
    remedy: 'Use o id da resposta de POST /v1/batches, ou procure com GET /v1/batches.',
  },
  'batch-not-so-far': {
    title: 'O lote está num estado em que isto não pode ser feito.',
    remedy:
      'Linhas só entram enquanto o lote está `open`; um lote cancelado continua cancelado. Crie outro para o que falta: POST /v1/batches.',
  },
  'batch-key-conflict': {
    title: 'Esta chave de idempotência pertence a um lote com outro conteúdo.',
    remedy: 'Use outra chave para outro lote, ou veja o primeiro: GET /v1/batches/{id}.',
  },
  'registration-pin-missing': {
    title: 'Para registrar é preciso o PIN da confirmação em duas etapas do número, e nenhum foi informado.',
    remedy:
      'Informe `pin`, com seis dígitos, ou defina META_REGISTRATION_PIN e reinicie. Um número sem PIN passa a ter o que você informar; anote, pois a Meta o pede de novo.',
  },
  'registration-limit': {
    title: 'Este número comercial foi registrado dez vezes em 72 horas, o máximo que a Meta permite.',
    remedy:
      'Espere o tempo que `detail` informa: outra chamada seria recusada com #133016 e não serviria para nada. Enquanto isso, descubra por que as chamadas falharam: `recado show error 133005`.',
  },
  'registration-without-token': {
    title: 'Não há token de acesso para este número comercial.',
    remedy:
      'Defina META_ACCESS_TOKEN e reinicie, ou dê ao número um token próprio: `recado phones change <id> --access-token-file <arquivo>`.',
  },
  'registration-refused': {
    title: 'A Meta recusa o registro do número comercial.',
    remedy:
      'Execute `recado show error` com o número que `detail` informa, faça o que ele diz e tente de novo.',
  },
  'meta-unanswered': {
    title: 'Não foi possível falar com a Meta, ou ela não disse o que aconteceu.',
    remedy:
      'Veja em GET /v1/business-phones e no console da Meta se deu certo, e tente de novo. Se continuar assim, verifique o caminho desta máquina até META_GRAPH_URL.',
  },
  'contact-unknown': {
    title: 'Nenhum contato tem este id.',
    remedy: 'Procure o id com GET /v1/contacts.',
  },
  'merge-unknown': {
    title: 'Este contato não faz parte de nenhuma união com este id.',
    remedy: 'Procure o id com GET /v1/contacts/{id}/merges, ou com `recado show` e o id do contato.',
  },
  'command-unknown': {
    title: 'Nenhum comando tem este id.',
    remedy: 'Use o id da resposta 202 que o informou.',
  },
  'media-unknown': {
    title: 'Nenhuma mensagem tem um arquivo com este id, ou ele foi esquecido.',
    remedy: 'Use o id que está na mensagem ou procure o arquivo com GET /v1/media.',
  },
  'media-not-fetched': {
    title: 'O arquivo ainda não foi buscado na Meta.',
    remedy:
      'Peça de novo depois de `Retry-After`. `detail` diz o que deu errado, se algo deu; GET /v1/media mostra a solução.',
  },
  'media-place-unavailable': {
    title: 'No momento não é possível ler nem gravar arquivos onde eles são guardados.',
    remedy:
      '`detail` traz a palavra do sistema. Veja a pasta indicada por MEDIA_FOLDER, o espaço e o dono dela; com MEDIA_BUCKET_URL, se o armazenamento responde e aceita a chave. Depois envie a requisição de novo.',
  },
  'upload-type-missing': {
    title: 'A requisição não diz de que tipo é o arquivo.',
    remedy:
      'Envie os bytes do arquivo como corpo, não como formulário, com o tipo no cabeçalho: `curl --data-binary @foto.jpg -H "Content-Type: image/jpeg"`.',
  },
  'upload-empty': {
    title: 'O arquivo está vazio.',
    remedy: 'Envie os bytes do arquivo como corpo: `curl --data-binary @foto.jpg`.',
  },
  'upload-broken-off': {
    title: 'O arquivo não chegou inteiro.',
    remedy: 'Envie de novo.',
  },
  'upload-too-large': {
    title: 'O arquivo é maior do que a Meta aceita para o tipo dele.',
    remedy:
      'Diminua o arquivo como `detail` diz. Uma imagem ou um vídeo grande pode ir como documento, com o tipo `application/octet-stream`.',
  },
  'upload-refused': {
    title: 'A Meta recusa o arquivo.',
    remedy: 'Execute `recado show error` com o número que está em `detail` e faça o que ele diz.',
  },
  'upload-without-sender': {
    title: 'Não há número comercial para o qual enviar o arquivo, ou falta o token de acesso dele.',
    remedy: 'Execute `recado init` ou veja `recado phones list`.',
  },
  'media-missing': {
    title: 'O arquivo foi guardado e não está mais onde os arquivos são guardados.',
    remedy:
      'Use a mesma MEDIA_FOLDER, ou a mesma MEDIA_BUCKET_URL, em todos os processos e restaure os arquivos do backup junto com o banco de dados.',
  },
  'conversation-unknown': {
    title: 'Nenhuma conversa tem este id.',
    remedy: 'Procure o id com GET /v1/conversations.',
  },
  'webhook-unknown': {
    title: 'Nenhum webhook guardado tem este número.',
    remedy: 'Use o número da linha `Webhook received` do log, ou deixe de fora para reler todos.',
  },
  'reread-none': {
    title: 'Nada foi relido desde que este gateway iniciou.',
    remedy: 'Inicie uma releitura com POST /v1/reread ou `recado reread`.',
  },
  'error-code-unknown': {
    title: 'Isto não é um código de erro, nem da Meta nem do Recado.',
    remedy:
      'Informe um número da Meta, como 133010, ou um código de falha do Recado, como window-closed; GET /v1/errors lista os da Meta.',
  },
  'api-key-unknown': {
    title: 'Nenhuma chave de API tem este id.',
    remedy: 'Procure o id com `recado keys list` ou GET /v1/keys.',
  },
  'nothing-to-read': {
    title: 'A pessoa não escreveu nada aqui que possa ser marcado como lido.',
    remedy: 'Veja GET /v1/conversations/{id}/messages; só o que a pessoa escreveu pode ser marcado.',
  },
  'read-mark-refused': {
    title: 'A Meta se recusa a marcar a mensagem como lida.',
    remedy: 'Rode `recado show error` com o número que `detail` indica e faça o que ele diz.',
  },
  'template-refused': {
    title: 'A Meta recusa esta mudança de um modelo.',
    remedy:
      'Corrija o que `detail` indica e envie a requisição de novo; `recado show error` explica o número.',
  },
  'template-without-account': {
    title: 'Não se conhece a conta do WhatsApp Business do telefone padrão, ou falta o token de acesso.',
    remedy:
      'Defina META_WABA_ID e META_ACCESS_TOKEN no .env e reinicie, ou informe-os ao telefone: `recado phones change`.',
  },
  'template-unknown': {
    title: 'Não se conhece nenhum modelo com este nome, neste idioma.',
    remedy:
      'Veja GET /v1/templates ou `recado templates`. Foi criado agora? Leia-o da Meta: `recado templates sync`.',
  },
  'business-phone-unknown': {
    title: 'Nenhum número comercial nosso tem este id.',
    remedy:
      'Procure o id com `recado phones list` ou GET /v1/business-phones; adicione um que ainda não esteja lá com `recado phones add`.',
  },
  'endpoint-unknown': {
    title: 'Nenhum endpoint tem este id.',
    remedy: 'Procure o id com `recado endpoints list` ou GET /v1/endpoints.',
  },
  'endpoint-url-malformed': {
    title: 'Este não é um endereço para onde se possam enviar eventos.',
    remedy: 'Informe o endereço completo da sua aplicação, como `https://app.example.com/recado/`.',
  },
  'endpoint-address-closed': {
    title: 'Este endereço fica em uma rede fechada, por isso nada é enviado para lá.',
    remedy:
      'A sua aplicação fica mesmo lá, nesta máquina ou ao lado dela? Acrescente o endereço a ENDPOINT_NETWORKS no .env, como `ENDPOINT_NETWORKS=127.0.0.1/32` para `http://127.0.0.1:8000`, reinicie o Recado e envie a requisição de novo.',
  },
  'endpoint-name-unknown': {
    title: 'O nome neste endereço não leva a lugar nenhum.',
    remedy: 'Corrija o nome ou cadastre-o no DNS; depois envie a requisição de novo.',
  },
  'endpoint-unencrypted': {
    title: 'Pela rede aberta, os eventos só seguem criptografados.',
    remedy:
      'Escreva `https://` e dê um certificado à sua aplicação. `http://` simples é para as redes que ENDPOINT_NETWORKS permite.',
  },
  elsewhere: {
    title: 'Esta porta recebe webhooks e responde pela saúde do serviço, nada mais.',
    remedy:
      'A API, a sua descrição e as páginas estão na porta definida por ADMIN_PORT, no endereço definido por ADMIN_HOST.',
  },
  'method-not-allowed': {
    title: 'Este endereço não aceita este método.',
    remedy: 'Use um dos métodos do cabeçalho `Allow`.',
  },
  'request-timeout': {
    title: 'A requisição não chegou a tempo.',
    remedy: 'Verifique a conexão e envie de novo.',
  },
  'idempotency-conflict': {
    title: 'Esta chave de idempotência pertence a uma requisição com outro conteúdo.',
    remedy:
      'Use uma chave nova para uma notificação nova; GET /v1/notifications/{id} com `notificationId` mostra a anterior.',
  },
  'business-phone-known': {
    title: 'Este número comercial já está cadastrado.',
    remedy:
      'Altere com `recado phones change` ou PATCH /v1/business-phones/{id}; o de META_PHONE_NUMBER_ID é configurado no .env.',
  },
  'business-phone-in-environment': {
    title: 'Este número comercial é configurado no ambiente.',
    remedy:
      'Altere META_PHONE_NUMBER_ID, META_ACCESS_TOKEN, META_APP_SECRET ou META_WABA_ID no .env e reinicie o Recado.',
  },
  'encryption-key-missing': {
    title: 'RECADO_ENCRYPTION_KEY não está definida, então nenhum segredo pode ser guardado.',
    remedy:
      'Gere uma chave com `openssl rand -hex 32`, escreva RECADO_ENCRYPTION_KEY=<chave> no .env (o `recado init` faz as duas coisas) e reinicie o Recado.',
  },
  'reread-running': {
    title: 'Os webhooks guardados já estão sendo relidos.',
    remedy: 'Acompanhe essa releitura com GET /v1/reread e inicie a sua quando ela terminar.',
  },
  'doctor-running': {
    title: 'O doctor já está trabalhando.',
    remedy:
      'Envie a requisição de novo em alguns segundos, ou leia o que a outra execução encontrou: GET /v1/doctor.',
  },
  'body-too-large': {
    title: 'O corpo passa de 1 MiB.',
    remedy: 'Envie menos em cada requisição.',
  },
  'content-type-unsupported': {
    title: 'O corpo não está declarado como JSON.',
    remedy: 'Envie o cabeçalho `Content-Type: application/json`, com o corpo em JSON.',
  },
  'body-encoded': {
    title: 'O corpo está comprimido.',
    remedy: 'Envie o corpo como ele é, sem o cabeçalho `Content-Encoding`.',
  },
  'headers-too-large': {
    title: 'Os cabeçalhos passam de 16 KiB.',
    remedy: 'Envie menos cabeçalhos ou mais curtos; a causa costuma ser cookies de outros serviços.',
  },
  'internal-error': {
    title: 'O Recado falhou ao responder a esta requisição.',
    remedy: 'Procure `reference` no log do Recado; ali está o motivo. Depois envie de novo.',
  },
};
