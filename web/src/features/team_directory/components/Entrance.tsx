import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, languageOf, speak, type Language } from '@/shared/lib/i18n';
import classes from './Entrance.module.css';

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

/** The page around everything that happens before somebody is signed in. */
export function Entrance({ title, text, children }: Props) {
  const { t, i18n } = useTranslation(['team_directory', 'common']);
  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <Group gap="sm" mb="xl">
          <img src="/favicon.svg" width={40} height={40} alt="" />
          <div>
            <Text fw={700} size="lg" lh={1.1}>
              {t('common:product')}
            </Text>
            <Text size="sm" c="dimmed">
              {t('entrance.tagline')}
            </Text>
          </div>
        </Group>
        <Paper withBorder p="xl" radius="lg">
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {text && (
                <Text c="dimmed" size="sm" mt={4}>
                  {text}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <SegmentedControl
          className={classes.language}
          size="xs"
          aria-label={t('common:account.language')}
          value={languageOf(i18n.language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          onChange={(language) => void speak(language as Language)}
        />
      </main>
    </div>
  );
}
