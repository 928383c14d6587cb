import type { TFunction } from 'i18next';
import { currentLanguage } from '@/shared/lib/i18n';
import type conversation from './strings/en.json';

interface Refusal {
  code?: string | null;
  text?: string | null;
}

/** Why something is not possible: in English as exactly as the API says it, else by its code. */
export function reasonOf(t: TFunction<'conversation'>, { code, text }: Refusal): string {
  if (text && currentLanguage() === 'en') return text;
  return t(`reason.${(code ?? 'not_supported') as keyof typeof conversation.reason}`);
}
