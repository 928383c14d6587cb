import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { PictureInPost } from '../queries';

/**
 * An address for a picture of the library: it is fetched, as an image element cannot name its
 * workspace. Pictures never change, and the browser frees what was fetched with the page.
 */
export function usePicture(asset_id: string): string | undefined {
  const { data } = useQuery({
    queryKey: ['picture', asset_id],
    queryFn: async () => URL.createObjectURL(await ask(fetchPicture(asset_id))),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return data;
}

/** The document of the API says `unknown` of what is no JSON. */
function fetchPicture(asset_id: string) {
  const params = { path: { asset_id } };
  return api.GET('/api/v1/publishing/media/{asset_id}/content', {
    params,
    parseAs: 'blob',
  }) as Promise<{ data?: Blob; error?: unknown; response: Response }>;
}

export function Thumbnail({ picture, size }: { picture: PictureInPost; size: number }) {
  const address = usePicture(picture.asset_id);
  if (!address) return <Skeleton w={size} h={size} radius="sm" />;
  return (
    <img
      src={address}
      alt={picture.alt}
      width={size}
      height={size}
      style={{ objectFit: 'cover', borderRadius: 6, flex: 'none' }}
    />
  );
}
