import { useProblemText } from '@/shared/lib/problemText';

/** Why something does not work, from a code of ours and the words of whoever refused. */
export function useReason(): (code: string | null, detail: string | null) => string {
  const textOf = useProblemText();
  return (code, detail) => {
    const said = textOf({ status: 400, code: code ?? '', title: '', detail: detail ?? '' });
    return said.detail || said.title;
  };
}
