import { green, red, step } from './reason.ts';

const clockStep = step(
  'Have the clock set by the network, on the machine itself and as root: timedatectl set-ntp true',
  'Faça o relógio ser acertado pela rede, na própria máquina e como root: timedatectl set-ntp true',
);

/** What the checks of the installation itself can find: configuration, database, clock, the way to Meta. */
export const installationReasons = {
  'configuration-good': green(
    'Every setting that the loop needs is there and has its form.',
    'Todas as configurações necessárias existem e têm a forma certa.',
  ),
  'setting-wrong': red(
    '{setting} is wrong: found {found}; expected {expected}.',
    '{setting} está errado: encontrado {found}; esperado {expected}.',
    step('{next}', '{next}'),
    step('Correct the line in .env and start Recado again.', 'Corrija a linha no .env e reinicie o Recado.', {
      set: '{setting}=<value>',
    }),
  ),
  'verify-token-missing': red(
    'META_WEBHOOK_VERIFY_TOKEN is not set, so Meta’s handshake gets 403.',
    'META_WEBHOOK_VERIFY_TOKEN não está definido, então o handshake da Meta recebe 403.',
    step('Make one, which changes nothing that is set:', 'Crie um, sem mudar o que já existe:', {
      run: 'npx recado init',
    }),
    step('Start Recado again.', 'Reinicie o Recado.'),
  ),
  'app-secret-missing': red(
    'META_APP_SECRET is not set, so no webhook can be verified: each gets 503, and Meta keeps it for you.',
    'META_APP_SECRET não está definido, então nenhum webhook pode ser verificado: cada um recebe 503, e a Meta o guarda para você.',
    step(
      'Copy it: Meta console → your app → App settings → Basic → App secret.',
      'Copie: painel da Meta → seu app → Configurações do app → Básico → Chave secreta do app.',
      { set: 'META_APP_SECRET=<app secret>' },
    ),
  ),
  'access-token-missing': red(
    'META_ACCESS_TOKEN is not set, so nothing can be sent.',
    'META_ACCESS_TOKEN não está definido, então nada pode ser enviado.',
    step(
      'Make a token: Meta Business Suite → Settings → System users → Generate token.',
      'Crie um token: Meta Business Suite → Configurações → Usuários do sistema → Gerar token.',
      { set: 'META_ACCESS_TOKEN=<token>' },
    ),
  ),
  'phone-number-id-missing': red(
    'No business phone is configured.',
    'Nenhum número comercial está configurado.',
    step(
      'Copy it: Meta console → your app → WhatsApp → API Setup → Phone number ID.',
      'Copie: painel da Meta → seu app → WhatsApp → Configuração da API → Identificação do número de telefone.',
      { set: 'META_PHONE_NUMBER_ID=<phone number id>' },
    ),
  ),
  'public-url-missing': red(
    'PUBLIC_URL is not set, so nobody can look at Recado from where Meta looks.',
    'PUBLIC_URL não está definido, então não dá para olhar o Recado de onde a Meta olha.',
    step('Set the address of your domain or tunnel.', 'Defina o endereço do seu domínio ou túnel.', {
      set: 'PUBLIC_URL=https://<your domain>',
    }),
  ),
  'database-good': green(
    '{engine}; a commit took {commit} ms; {free} free; {lag} events wait to be folded.',
    '{engine}; um commit levou {commit} ms; {free} livres; {lag} eventos esperam processamento.',
  ),
  'database-new': green(
    '{engine}; there is no database yet, and one can be made; {free} free.',
    '{engine}; ainda não há banco de dados, e dá para criar um; {free} livres.',
  ),
  'server-good': green(
    '{engine}; a commit took {commit} ms; {lag} events wait to be folded.',
    '{engine}; um commit levou {commit} ms; {lag} eventos esperam processamento.',
  ),
  'server-new': green(
    '{engine}; its tables are made by the first start.',
    '{engine}; as tabelas são criadas na primeira partida.',
  ),
  'database-read-only': red(
    'The database is read-only ({code}), so nothing can be acknowledged.',
    'O banco de dados é somente leitura ({code}), então nada pode ser confirmado.',
    step(
      'Make {file} and its folder writable for the user who runs Recado, and mount the disk for writing.',
      'Torne {file} e sua pasta graváveis para o usuário que executa o Recado e monte o disco para escrita.',
    ),
  ),
  'disk-full': red(
    'The disk of the database is full ({code}; {free} free), so nothing can be acknowledged.',
    'O disco do banco de dados está cheio ({code}; {free} livres), então nada pode ser confirmado.',
    step(
      'Free space on the disk of {file}, or enlarge it. Never delete the files beside the database (-wal, -shm).',
      'Libere espaço no disco de {file} ou aumente-o. Nunca apague os arquivos ao lado do banco (-wal, -shm).',
    ),
  ),
  'disk-nearly-full': red(
    'The disk of the database is nearly full: {free} of {total} are free.',
    'O disco do banco de dados está quase cheio: {free} de {total} livres.',
    step(
      'Free space on the disk of {file}, or enlarge it. Never delete the files beside the database (-wal, -shm).',
      'Libere espaço no disco de {file} ou aumente-o. Nunca apague os arquivos ao lado do banco (-wal, -shm).',
    ),
  ),
  'database-refuses': red(
    'The database commits nothing ({code}).',
    'O banco de dados não grava nada ({code}).',
    step(
      'End whatever else has {file} open, and look at the disk: permissions, space, reachability.',
      'Encerre o que mais tiver {file} aberto e verifique o disco: permissões, espaço, acesso.',
    ),
    step('Start Recado again.', 'Reinicie o Recado.'),
  ),
  'snapshot-pinned': red(
    'A transaction has been open in PostgreSQL for {minutes} minutes, so nothing that was changed or deleted since is cleaned up: the database grows and slows down.',
    'Uma transação está aberta no PostgreSQL há {minutes} minutos, então nada do que mudou ou foi apagado desde então é limpo: o banco cresce e fica lento.',
    step(
      'See whose it is, and end it: psql "$DATABASE_URL" -c "select pid, usename, application_name, state, xact_start from pg_stat_activity where backend_xmin is not null order by xact_start" and then pg_terminate_backend(pid). Prepared ones stand in pg_prepared_xacts: rollback prepared.',
      'Veja de quem é e encerre: psql "$DATABASE_URL" -c "select pid, usename, application_name, state, xact_start from pg_stat_activity where backend_xmin is not null order by xact_start" e depois pg_terminate_backend(pid). As preparadas estão em pg_prepared_xacts: rollback prepared.',
    ),
  ),
  'server-refuses': red(
    'PostgreSQL at {file} takes no commit ({code}).',
    'O PostgreSQL em {file} não aceita nenhum commit ({code}).',
    step(
      'See whether it runs, is the primary, and is the one that DATABASE_URL names, with its user and password: psql "$DATABASE_URL" -c "select 1" tells more.',
      'Veja se ele está rodando, se é o primário e se é o que DATABASE_URL indica, com usuário e senha: psql "$DATABASE_URL" -c "select 1" diz mais.',
    ),
  ),
  'database-not-durable': red(
    'The database does not flush every commit to its disk: {engine}.',
    'O banco de dados não grava cada commit no disco: {engine}.',
    step(
      'Turn fsync and synchronous_commit on in the settings of the database server, and reload it.',
      'Ligue fsync e synchronous_commit nas configurações do servidor de banco de dados e recarregue-o.',
    ),
  ),
  'database-lags': red(
    '{lag} events wait to be folded into the state.',
    '{lag} eventos esperam para entrar no estado.',
    step(
      'Give the machine more processor time or a faster disk, and look in the log for what fails.',
      'Dê à máquina mais processador ou um disco mais rápido e procure no log o que falha.',
    ),
  ),
  'graph-reached': green('Meta’s Graph API answers at {url}.', 'A Graph API da Meta responde em {url}.'),
  'graph-unreachable': red(
    'Nobody answers at {url}: {reason}.',
    'Ninguém responde em {url}: {reason}.',
    step(
      'Let this machine reach {url}: DNS, firewall, proxy.',
      'Permita que esta máquina alcance {url}: DNS, firewall, proxy.',
    ),
    step(
      'If META_GRAPH_URL is set, remove it: it is meant for a simulator.',
      'Se META_GRAPH_URL estiver definido, remova-o: ele serve para um simulador.',
      { set: 'META_GRAPH_URL=' },
    ),
  ),
  'clock-good': green(
    'This machine’s clock and Meta’s differ by {skew} s at most.',
    'O relógio desta máquina e o da Meta diferem no máximo {skew} s.',
  ),
  'clock-ahead': red(
    'This machine’s clock is {skew} s ahead of Meta’s, so 24-hour windows are judged wrongly.',
    'O relógio desta máquina está {skew} s adiantado em relação ao da Meta, então as janelas de 24 horas são julgadas errado.',
    clockStep,
  ),
  'clock-behind': red(
    'This machine’s clock is {skew} s behind Meta’s, so 24-hour windows are judged wrongly.',
    'O relógio desta máquina está {skew} s atrasado em relação ao da Meta, então as janelas de 24 horas são julgadas errado.',
    clockStep,
  ),
} as const;
