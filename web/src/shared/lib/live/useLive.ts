import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionQuery } from '@/shared/api/session';
import { Dispatcher, type LiveRule } from './effects';
import { connection, presence, presenceAfter } from './state';
import { Stream } from './stream';

const PRESENCE = ['gateway.presence', 'gateway.presence_changed'];

/** Keeps the stream of a workspace open while the desk is there. */
export function useLive(workspace: string, rules: readonly LiveRule[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const dispatcher = new Dispatcher(client, rules);
    const types = [...new Set([...PRESENCE, ...rules.flatMap((rule) => rule.types)])];
    const stream = new Stream(workspace, types, {
      event: (event) => {
        presence.set(presenceAfter(presence.get(), event));
        dispatcher.dispatch(event);
      },
      reset: () => {
        // Access may have changed, too.
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
        dispatcher.reset();
      },
      connected: connection.set,
      refused: () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    });
    stream.open();
    return () => {
      stream.close();
      dispatcher.stop();
      presence.set({});
    };
  }, [client, workspace, rules]);
}
