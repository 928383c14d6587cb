/** Draws a part of the app in a test, with what stands around it in the app. */

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { initReactI18next } from 'react-i18next';
import { afterEach } from 'vitest';
import './network';
import { sessionQuery, type Who } from '../src/shared/api/session';

const OWNER: Who['levels'] = { inbox: 4, tickets: 4 };

const listening = { addEventListener: () => undefined, removeEventListener: () => undefined };
// What browsers have, components of Mantine ask for and jsdom lacks.
Object.assign(window, {
  matchMedia: () => ({ ...listening, matches: false }),
  ResizeObserver: class {
    observe = () => undefined;
    unobserve = () => undefined;
    disconnect = () => undefined;
  },
});
Object.assign(document, { fonts: listening });
// On a machine that does other things, too, drawing a large form takes its time.
configure({ asyncUtilTimeout: 10_000 });

await i18next.use(initReactI18next).init({ lng: 'cimode' });
afterEach(cleanup);

/** A cache in which somebody with these permissions is signed in; nothing is asked twice. */
export function signedIn(levels: Who['levels']): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const who: Partial<Who> = { actor_id: 'me', levels, rights: [] };
  client.setQueryData(sessionQuery.queryKey, who as Who);
  return client;
}

/** Draws something, for an owner if nobody else is named; its words are keys of the catalogues. */
export function draw(drawn: ReactNode, client = signedIn(OWNER)) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
  return { client, ...render(drawn, { wrapper }) };
}
