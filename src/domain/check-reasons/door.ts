import { green, red, step, unknown } from './reason.ts';

const passOn = step(
  'In the proxy, pass {path} straight on to Recado: no redirect, no login, no page of its own, body and headers unchanged. docs/production.md has working configurations.',
  'No proxy, repasse {path} direto ao Recado: sem redirecionamento, sem login, sem página própria, corpo e cabeçalhos intactos. docs/production.md traz configurações que funcionam.',
);

const tellMeta = step(
  'Once it runs, tell Meta of the address:',
  'Quando estiver rodando, informe o endereço à Meta:',
  { run: 'npx recado connect --yes' },
);

const findWhatSlows = step(
  'Find what slows the way to {host}: a proxy that buffers or checks, a tunnel far away, a slow disk (a commit takes {commit} ms).',
  'Descubra o que atrasa o caminho até {host}: um proxy que retém ou verifica, um túnel distante, um disco lento (um commit leva {commit} ms).',
);

/** What the checks through the public address can find. */
export const doorReasons = {
  'public-url-good': green(
    '{host} resolves to {addresses}, and somebody listens there.',
    '{host} resolve para {addresses}, e alguém escuta lá.',
  ),
  'public-url-not-https': red(
    'PUBLIC_URL is {url}: Meta calls https addresses only.',
    'PUBLIC_URL é {url}: a Meta só chama endereços https.',
    step('Set it with https:// and start Recado again:', 'Defina com https:// e reinicie o Recado:', {
      set: 'PUBLIC_URL={https}',
    }),
    tellMeta,
  ),
  'name-unresolved': red(
    'The name {host} does not resolve ({code}).',
    'O nome {host} não resolve ({code}).',
    step(
      'Create an A or AAAA record for {host} that leads to your proxy; or, with a new tunnel, set its address and start Recado again:',
      'Crie um registro A ou AAAA para {host} que leve ao seu proxy; ou, com um túnel novo, defina o endereço dele e reinicie o Recado:',
      { set: 'PUBLIC_URL=https://<your domain>' },
    ),
    tellMeta,
  ),
  'address-private': red(
    '{host} resolves to {addresses}, which nobody outside of your network can reach.',
    '{host} resolve para {addresses}, que ninguém fora da sua rede alcança.',
    step(
      'Let {host} resolve to a public address of your proxy, or use a tunnel and set its address:',
      'Faça {host} resolver para um endereço público do seu proxy, ou use um túnel e defina o endereço:',
      { set: 'PUBLIC_URL=https://<your domain>' },
    ),
    tellMeta,
  ),
  'nobody-listens': red(
    'Nobody listens at {address} ({code}).',
    'Ninguém escuta em {address} ({code}).',
    step(
      'Start the proxy or tunnel, and open its port in the firewall.',
      'Inicie o proxy ou túnel e abra a porta dele no firewall.',
    ),
  ),
  'tls-good': green(
    'The certificate is for {names}, issued by {issuer}, valid until {until}, with its whole chain.',
    'O certificado é para {names}, emitido por {issuer}, válido até {until}, com a cadeia inteira.',
  ),
  'tls-not-needed': green(
    'META_GRAPH_URL leads to a simulator, which takes plain http. Meta does not.',
    'META_GRAPH_URL leva a um simulador, que aceita http simples. A Meta não aceita.',
  ),
  'certificate-expired': red(
    'The certificate expired on {until}.',
    'O certificado expirou em {until}.',
    step(
      'Renew the certificate of {host}, reload the proxy, and see to it that renewal runs by itself.',
      'Renove o certificado de {host}, recarregue o proxy e garanta que a renovação aconteça sozinha.',
    ),
  ),
  'certificate-not-yet-valid': red(
    'The certificate is valid from {from} on only.',
    'O certificado só vale a partir de {from}.',
    step(
      'Set the clock of whoever issued it right, issue it anew, and reload the proxy.',
      'Acerte o relógio de quem o emitiu, emita de novo e recarregue o proxy.',
    ),
  ),
  'certificate-self-signed': red(
    'The certificate is self-signed, which Meta does not accept.',
    'O certificado é autoassinado, o que a Meta não aceita.',
    step(
      'Get one from a public authority for {host} (Let’s Encrypt is free), and reload the proxy.',
      'Obtenha um de uma autoridade pública para {host} (Let’s Encrypt é gratuito) e recarregue o proxy.',
    ),
  ),
  'certificate-of-another-host': red(
    'The certificate is for {names}, not for {host}.',
    'O certificado é para {names}, não para {host}.',
    step(
      'Get a certificate for {host} and reload the proxy.',
      'Obtenha um certificado para {host} e recarregue o proxy.',
    ),
  ),
  'certificate-without-chain': red(
    'The proxy sends the certificate without the intermediate one of {issuer}. Browsers find that by themselves; Meta does not.',
    'O proxy envia o certificado sem o intermediário de {issuer}. Navegadores o encontram sozinhos; a Meta não.',
    step(
      'Have the proxy send the whole chain: with Let’s Encrypt fullchain.pem instead of cert.pem. Reload it.',
      'Faça o proxy enviar a cadeia inteira: com Let’s Encrypt, fullchain.pem em vez de cert.pem. Recarregue-o.',
    ),
  ),
  'certificate-untrusted': red(
    'The certificate of {issuer} is not trusted ({code}).',
    'O certificado de {issuer} não é confiável ({code}).',
    step(
      'Get one from a public authority for {host} (Let’s Encrypt is free), and reload the proxy.',
      'Obtenha um de uma autoridade pública para {host} (Let’s Encrypt é gratuito) e recarregue o proxy.',
    ),
  ),
  'tls-failed': red(
    'No TLS connection comes about ({code}).',
    'Nenhuma conexão TLS se estabelece ({code}).',
    step(
      'Have the proxy speak TLS 1.2 or newer at {address}.',
      'Faça o proxy falar TLS 1.2 ou mais novo em {address}.',
    ),
  ),
  'no-detour-good': green(
    'The webhook address is answered in place, with and without the slash at its end.',
    'O endereço do webhook responde no lugar, com e sem a barra no final.',
  ),
  redirected: red(
    '{path} is redirected to {location} (HTTP {status}). Meta follows no redirect.',
    '{path} é redirecionado para {location} (HTTP {status}). A Meta não segue redirecionamentos.',
    passOn,
  ),
  'login-in-front': red(
    'Somebody asks for a login before Recado (HTTP {status}).',
    'Alguém pede login antes do Recado (HTTP {status}).',
    passOn,
  ),
  interstitial: red(
    'A web page answers instead of Recado (HTTP {status}{title}): a tunnel’s warning, a firewall or another site.',
    'Uma página web responde no lugar do Recado (HTTP {status}{title}): aviso de túnel, firewall ou outro site.',
    passOn,
  ),
  'path-not-forwarded': red(
    'Whoever answers does not know {path} (HTTP 404).',
    'Quem responde não conhece {path} (HTTP 404).',
    passOn,
  ),
  'gateway-unreached': red(
    'The proxy answers HTTP {status} by itself: it does not reach Recado, which listens at {listens}.',
    'O proxy responde HTTP {status} por conta própria: não alcança o Recado, que escuta em {listens}.',
    step(
      'Have the proxy forward to {listens}, and let it through there.',
      'Faça o proxy encaminhar para {listens} e permita a passagem.',
    ),
  ),
  'door-unanswered': red(
    'No usable answer comes through the public address ({code}).',
    'Nenhuma resposta utilizável vem pelo endereço público ({code}).',
    passOn,
  ),
  'challenge-good': green(
    'The challenge came back byte for byte, and a wrong token was refused.',
    'O desafio voltou byte a byte, e um token errado foi recusado.',
  ),
  'challenge-altered': red(
    'The challenge came back altered: {sent} was sent, {found} came back.',
    'O desafio voltou alterado: {sent} foi enviado, {found} voltou.',
    passOn,
  ),
  'challenge-refused': red(
    'Whoever answers refuses this installation’s verify token (HTTP {status}): another gateway, or a query that is altered on the way.',
    'Quem responde recusa o verify token desta instalação (HTTP {status}): outro gateway, ou uma query alterada no caminho.',
    step(
      'Have {host} lead to this gateway, at {listens}, and pass the query on unchanged; end any other gateway behind that name.',
      'Faça {host} levar a este gateway, em {listens}, com a query intacta; encerre qualquer outro gateway atrás desse nome.',
    ),
  ),
  'wrong-token-accepted': red(
    'A wrong verify token was accepted: something in front echoes every challenge.',
    'Um verify token errado foi aceito: algo na frente ecoa qualquer desafio.',
    passOn,
  ),
  'unaltered-good': green(
    'A signed POST through the public address arrived here with its bytes and its signature.',
    'Um POST assinado pelo endereço público chegou aqui com seus bytes e sua assinatura.',
  ),
  'answered-elsewhere': red(
    'A POST through the public address was answered, but it did not arrive here: another gateway takes the webhooks of this number.',
    'Um POST pelo endereço público foi respondido, mas não chegou aqui: outro gateway recebe os webhooks deste número.',
    step(
      'Have {host} lead to this gateway, at {listens}, and end the other one.',
      'Faça {host} levar a este gateway, em {listens}, e encerre o outro.',
    ),
  ),
  'bytes-altered': red(
    'The bytes of a POST are altered on the way, from byte {offset} on: {sent} was sent, {found} arrived. No signature of Meta’s can match.',
    'Os bytes de um POST são alterados no caminho, a partir do byte {offset}: {sent} foi enviado, {found} chegou. Nenhuma assinatura da Meta pode bater.',
    passOn,
  ),
  'signature-dropped': red(
    'The header X-Hub-Signature-256 does not arrive as it was sent.',
    'O cabeçalho X-Hub-Signature-256 não chega como foi enviado.',
    passOn,
  ),
  'post-refused': red(
    'A POST through the public address is answered HTTP {status} by somebody in front.',
    'Um POST pelo endereço público recebe HTTP {status} de alguém na frente.',
    passOn,
  ),
  'large-good': green('A POST of 3 MiB arrives.', 'Um POST de 3 MiB chega.'),
  'large-refused': red(
    'A POST of 3 MiB does not arrive ({found}). Meta’s webhooks have up to 3 MB.',
    'Um POST de 3 MiB não chega ({found}). Os webhooks da Meta têm até 3 MB.',
    step(
      'Raise the proxy’s limit for {path} to 4 MB: nginx `client_max_body_size 4m;`, Caddy `request_body { max_size 4MB }`. Reload it.',
      'Aumente o limite do proxy para {path} até 4 MB: nginx `client_max_body_size 4m;`, Caddy `request_body { max_size 4MB }`. Recarregue-o.',
    ),
  ),
  'time-good': green(
    'Half of the answers, each after a commit, took at most {median} ms. Meta asks for 250 ms.',
    'Metade das respostas, cada uma após um commit, levou no máximo {median} ms. A Meta pede 250 ms.',
  ),
  'time-long': unknown(
    'Half of the answers took {median} ms or more, from this machine and with the connection made anew. Meta asks for 250 ms; what it sees itself is not known.',
    'Metade das respostas levou {median} ms ou mais, a partir desta máquina e com conexão nova. A Meta pede 250 ms; o que ela mesma vê não se sabe.',
    findWhatSlows,
  ),
  'time-slow': red(
    'Half of the answers took longer than {median} ms. Meta asks for 250 ms, and for less than 1 % above 1 s.',
    'Metade das respostas levou mais de {median} ms. A Meta pede 250 ms, e menos de 1 % acima de 1 s.',
    findWhatSlows,
  ),
} as const;
