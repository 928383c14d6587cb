import { DatesProvider } from '@mantine/dates';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '@/shared/lib/i18n';

/** The language and the week of what picks days; apart, since the first page picks none. */
export function Dates({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const locale = languageOf(i18n.language) === 'zh-Hans' ? 'zh-cn' : 'en';
  return <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>{children}</DatesProvider>;
}
