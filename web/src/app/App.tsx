import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import 'dayjs/locale/zh-cn';
import { languageOf } from '@/shared/lib/i18n';
import { Loading } from '@/shared/ui/States';
import { theme } from '@/shared/ui/theme';
import { client } from './client';
import { styleNonce } from './nonce';
import { router } from './router';

const schemes = localStorageColorSchemeManager({ key: 'parley.colour-scheme' });

export function App() {
  const { i18n } = useTranslation();
  const chinese = languageOf(i18n.language) === 'zh-Hans';
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={() => styleNonce}
    >
      <DatesProvider settings={{ locale: chinese ? 'zh-cn' : 'en', firstDayOfWeek: 1 }}>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-left" limit={3} />
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
