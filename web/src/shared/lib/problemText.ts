import { useTranslation } from 'react-i18next';
import i18next from 'i18next';
import type { Problem } from '@/shared/api/problem';

export interface Said {
  title: string;
  detail: string;
}

/**
 * A problem in the reader's language: the words of this code where the catalogue has them, else a
 * heading by its kind and the API's own words, which also say what is wrong with an input. Codes
 * are written `inbox.answered_meanwhile` by the API and `inbox_answered_meanwhile` in the
 * catalogue, where a dot leads to another level.
 */
export function useProblemText(): (problem: Problem) => Said {
  const { t } = useTranslation();
  return (problem) => {
    const key = problem.code.replaceAll('.', '_');
    const known = `problem.${key}`;
    if (i18next.exists(known)) {
      return { title: t(known as 'problem.offline'), detail: specifics(problem) };
    }
    return { title: t(`problemKind.${kindOf(problem.status)}`), detail: problem.detail };
  };
}

/** What is wrong with an input, where the API says more than that, and not for each field. */
function specifics({ status, title, detail, fields }: Problem): string {
  return status === 422 && detail !== title && !fields ? detail : '';
}

function kindOf(status: number) {
  if (status === 403) return 'refused' as const;
  if (status === 404) return 'gone' as const;
  if (status === 409) return 'changed' as const;
  if (status === 422) return 'invalid' as const;
  if (status === 429) return 'tooMany' as const;
  return 'fault' as const;
}
