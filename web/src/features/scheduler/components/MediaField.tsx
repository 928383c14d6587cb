import { FileButton, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Problem } from '@/shared/api/problem';
import { useProblemText } from '@/shared/lib/problemText';
import { moved } from '../draft';
import type { PictureInPost, Remark } from '../queries';
import { uploadPicture } from '../upload';
import classes from './MediaField.module.css';
import { PictureCard } from './PictureCard';
import { Remarks } from './Remarks';

interface Props {
  media: PictureInPost[];
  profiles: readonly string[];
  remarks: readonly Remark[];
  onChange?: (media: PictureInPost[]) => void;
}

interface Upload {
  name: string;
  share: number;
  problem?: Problem;
}

const TYPES = 'image/jpeg,image/png,image/webp,image/gif';

export function MediaField({ media, profiles, remarks, onChange }: Props) {
  const { t } = useTranslation('scheduler');
  const { uploads, send } = useUploads(media, onChange);
  const drop = (event: DragEvent) => {
    if (!onChange || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void send([...event.dataTransfer.files]);
  };
  const set = (place: number, alt: string) =>
    onChange?.(media.map((each, at) => (at === place ? { ...each, alt } : each)));
  return (
    <Stack gap={8} onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t('pictures')}
        </Text>
        {onChange && (
          <FileButton multiple accept={TYPES} onChange={(files) => void send(files)}>
            {(props) => (
              <Button
                {...props}
                size="xs"
                variant="default"
                leftSection={<IconPhotoPlus size={15} aria-hidden />}
              >
                {t('addPictures')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {media.length === 0 && (
        <Text size="xs" c="dimmed" className={classes.none}>
          {t(onChange ? 'dropPictures' : 'noPictures')}
        </Text>
      )}
      {media.map((picture, place) => (
        <PictureCard
          key={picture.asset_id}
          picture={picture}
          place={place}
          count={media.length}
          remarks={remarks.filter(({ field }) => field === `media.${place}.alt`)}
          named={profiles.length > 1}
          {...(onChange && {
            describe: (alt: string) => set(place, alt),
            move: (to: number) => onChange(moved(media, place, to)),
            remove: () => onChange(media.filter((_, at) => at !== place)),
          })}
        />
      ))}
      {uploads.map((upload) => (
        <UploadLine key={upload.name} upload={upload} />
      ))}
      <Remarks
        remarks={remarks.filter(({ field }) => field === 'media')}
        named={profiles.length > 1}
      />
    </Stack>
  );
}

/** Pictures on their way; each joins the post when all of it is there. */
function useUploads(media: PictureInPost[], onChange: Props['onChange']) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  // People go on writing while a picture is on its way.
  const newest = useRef({ media, onChange });
  useEffect(() => {
    newest.current = { media, onChange };
  });
  const note = (name: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.name === name ? { ...each, ...change } : each)));
  const send = async (files: File[]) => {
    setUploads(files.map(({ name }) => ({ name, share: 0 })));
    for (const file of files) {
      try {
        const asset = await uploadPicture(file, (share) => note(file.name, { share }));
        const { media: before, onChange: change } = newest.current;
        setUploads((all) => all.filter(({ name }) => name !== file.name));
        change?.([...before, { asset_id: asset.id, alt: asset.alt }]);
      } catch (error) {
        note(file.name, { problem: problemOf(error) });
      }
    }
  };
  return { uploads, send };
}

function UploadLine({ upload }: { upload: Upload }) {
  const { t } = useTranslation('scheduler');
  const say = useProblemText();
  const { name, share, problem } = upload;
  if (problem) {
    const { title, detail } = say(problem);
    return (
      <Text size="xs" c="var(--mantine-color-red-text)" role="alert">
        {name}: {detail || title}
      </Text>
    );
  }
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('uploading', { name })}
      </Text>
      <Progress value={share * 100} aria-label={t('uploading', { name })} />
    </div>
  );
}
