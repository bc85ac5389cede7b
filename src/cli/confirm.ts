import { confirm, isCancel } from '@clack/prompts';

/** Asks on the terminal; whoever turns away has said no. */
export async function confirmOnTerminal(question: string): Promise<boolean> {
  const answer = await confirm({ message: question, initialValue: true });
  return !isCancel(answer) && answer;
}
