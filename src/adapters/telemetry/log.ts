import { destination, pino, stdTimeFunctions } from 'pino';
import { printable, printableJson } from './printable.ts';

/** How urgent a line is. ERROR means that a person must act. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line of the log. */
type LogLine = {
  /** A stable name such as `webhook.received`. */
  event: string;
  /** A sentence for people. In `json` it is the member `message`. */
  sentence: string;
  /** Further members in `json`; not shown in `pretty`. No member may be called event, message, level or time. */
  facts?: Readonly<Record<string, unknown>>;
};

/** Where lines go. */
export type Log = {
  format: 'pretty' | 'json';
  /** Whether `json` lines may show message texts, phone numbers and message ids. */
  personalData: boolean;
  write(level: LogLevel, line: LogLine): void;
};

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * A log of single lines: `[INFO] sentence` in `pretty`, one JSON object in `json`. No text can break out of its
 * line.
 *
 * @param options.write gets each line without its line end; standard output when left out
 */
export function createLog(options: {
  format: 'pretty' | 'json';
  level: LogLevel;
  personalData: boolean;
  write?: (line: string) => void;
}): Log {
  const { format, level: least, personalData } = options;
  const write = options.write ?? standardOutput();
  if (format === 'pretty') {
    return {
      format,
      personalData,
      write(level, { sentence }) {
        if (levels.indexOf(level) < levels.indexOf(least)) return;
        write(`[${level.toUpperCase()}] ${printable(sentence)}`);
      },
    };
  }
  const logger = pino(
    {
      level: least,
      base: null,
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(printableJson(line.trimEnd())) },
  );
  return {
    format,
    personalData,
    write(level, { event, sentence, facts }) {
      logger[level]({ event, ...facts }, sentence);
    },
  };
}

function standardOutput(): (line: string) => void {
  // Synchronous, so that the last lines before a crash are there.
  const stream = destination({ fd: 1, sync: true });
  // Nobody reads any more, or the disk is full: the gateway goes on without its log.
  stream.on('error', () => undefined);
  return (line) => {
    stream.write(`${line}\n`);
  };
}
