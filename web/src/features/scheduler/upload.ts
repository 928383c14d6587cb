import { OFFLINE, ProblemError, readProblem } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { currentWorkspace } from '@/shared/api/workspace';

type Asset = components['schemas']['AssetView'];

const ADDRESS = '/api/v1/publishing/media';

/** Sends a picture and tells how much of it is there, which fetch cannot. */
export function uploadPicture(file: File, progress: (share: number) => void): Promise<Asset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', ADDRESS);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    const workspace = currentWorkspace();
    if (workspace) request.setRequestHeader('X-Parley-Workspace', workspace);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onerror = () => reject(new ProblemError(OFFLINE));
    request.onload = () => {
      const { status } = request;
      if (status === 201) resolve(request.response as Asset);
      else reject(new ProblemError(readProblem(status, request.response)));
    };
    request.send(file);
  });
}
