import { useProblemText } from '@/shared/lib/problemText';

/** Why something does not work, in the reader's words, and in those of the network that refused. */
export function useReason(): (code: string | null, detail: string | null) => string {
  const textOf = useProblemText();
  return (code, detail) => {
    const said = textOf({ status: 400, code: code ?? '', title: '', detail: detail ?? '' });
    if (said.detail) return said.detail;
    return detail && code?.startsWith('network.') ? `${said.title} (${detail})` : said.title;
  };
}
