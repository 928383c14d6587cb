import { ActionIcon, Group, TextInput, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { pressed } from '@/shared/lib/pressed';
import classes from '@/shared/ui/PaneHead.module.css';

interface Props {
  subject: string;
  rename: (subject: string) => void;
}

const FIELD_ID = 'ticket-subject';
const MOST_CHARACTERS = 200;

/** What the ticket is called; it can be called otherwise. */
export function Subject({ subject, rename }: Props) {
  const { t } = useTranslation('ticketing');
  const { may } = useSession();
  const [text, setText] = useState<string>();
  const edit = () => {
    setText(subject);
    setTimeout(() => document.getElementById(FIELD_ID)?.focus());
  };
  const save = () => {
    const wanted = text?.trim();
    if (wanted && wanted !== subject) rename(wanted);
    setText(undefined);
  };
  if (text !== undefined) {
    return (
      <TextInput
        id={FIELD_ID}
        size="sm"
        aria-label={t('details.subject')}
        maxLength={MOST_CHARACTERS}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          const key = pressed(event);
          if (key === 'Enter') event.currentTarget.blur();
          if (key === 'Escape') setText(undefined);
        }}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Title order={2} size="h4" className={classes.title} title={subject}>
        {subject}
      </Title>
      {may('tickets', 'edit') && (
        <ActionIcon size="sm" aria-label={t('do.rename')} onClick={edit}>
          <IconPencil size={15} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
