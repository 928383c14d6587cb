import { useQueryClient } from '@tanstack/react-query';
import { saveOwnProfile } from '@/shared/api/account';
import { sessionQuery, useSession } from '@/shared/api/session';
import { speak, type Language } from '@/shared/lib/i18n';

/** Speaks it at once, and remembers it for the person wherever they sign in next. */
export function useSaveLanguage(): (language: Language) => void {
  const client = useQueryClient();
  const { id } = useSession();
  const save = async (language: Language) => {
    await speak(language);
    await saveOwnProfile(id, { locale: language });
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (language) => void save(language);
}
