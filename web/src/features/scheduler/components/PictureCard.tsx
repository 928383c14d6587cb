import { ActionIcon, Group, Stack, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PictureInPost, Remark } from '../queries';
import { Remarks } from './Remarks';
import { Thumbnail } from './Thumbnail';

interface Props {
  picture: PictureInPost;
  place: number;
  count: number;
  remarks: readonly Remark[];
  named: boolean;
  describe?: (alt: string) => void;
  move?: (to: number) => void;
  remove?: () => void;
}

/** A picture with its description for those who cannot see it, and its place among the others. */
export function PictureCard(props: Props) {
  const { picture, place, count, remarks, named, describe, move, remove } = props;
  const { t } = useTranslation('scheduler');
  const number = place + 1;
  return (
    <Group align="flex-start" wrap="nowrap" gap="sm">
      <Thumbnail picture={picture} size={84} />
      <Stack gap={4} flex={1}>
        <Textarea
          size="xs"
          label={t('alt', { number })}
          placeholder={t('altHint')}
          value={picture.alt}
          autosize
          minRows={2}
          maxRows={5}
          readOnly={!describe}
          variant={describe ? 'default' : 'filled'}
          onChange={(event) => describe?.(event.currentTarget.value)}
        />
        <Remarks remarks={remarks} named={named} />
      </Stack>
      {move && (
        <Stack gap={2} pt={20}>
          {count > 1 && (
            <ActionIcon
              size="sm"
              aria-label={t('earlier', { number })}
              disabled={place === 0}
              onClick={() => move(place - 1)}
            >
              <IconArrowUp size={15} aria-hidden />
            </ActionIcon>
          )}
          {count > 1 && (
            <ActionIcon
              size="sm"
              aria-label={t('later', { number })}
              disabled={place === count - 1}
              onClick={() => move(place + 1)}
            >
              <IconArrowDown size={15} aria-hidden />
            </ActionIcon>
          )}
          <ActionIcon
            size="sm"
            color="red"
            aria-label={t('removePicture', { number })}
            onClick={remove}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </Stack>
      )}
    </Group>
  );
}
