/** What a command knows of the process around it. Tests give their own. */
export type CommandContext = {
  environment: Readonly<Record<string, string | undefined>>;
  /** The working folder: `.env` and `data/` are looked for here. */
  folder: string;
  /** A person sits there: questions can be asked and answered. */
  terminal: boolean;
  /** Prints an answer. The line end is added. */
  print(text: string): void;
  /** Prints what is no answer: errors and remarks. The line end is added. */
  remark(text: string): void;
};

/** The context of this very process. */
export function processContext(): CommandContext {
  return {
    environment: process.env,
    folder: process.cwd(),
    terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    print: (text) => {
      process.stdout.write(`${text}\n`);
    },
    remark: (text) => {
      process.stderr.write(`${text}\n`);
    },
  };
}
