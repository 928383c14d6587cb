import { problemOf } from '@/shared/api/problem';
import { notifyProblem } from '@/shared/ui/notify';
import { useProblemText } from './problemText';

/** Says why something was refused, below a heading where what was tried would not be plain. */
export function useTellProblem(heading?: string): (error: unknown) => void {
  const problemText = useProblemText();
  return (error) => {
    const { title, detail } = problemText(problemOf(error));
    if (!heading) notifyProblem(title, detail);
    else notifyProblem(heading, detail ? `${title}: ${detail}` : title);
  };
}
