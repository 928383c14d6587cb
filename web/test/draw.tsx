import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { initReactI18next } from 'react-i18next';
import { afterEach } from 'vitest';
import { sessionQuery, type Who } from '../src/shared/api/session';

const OWNER: Partial<Who> = {
  actor_id: 'me',
  levels: { inbox: 4, tickets: 4 },
  rights: [],
};

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

await i18next.use(initReactI18next).init({ lng: 'cimode' });
afterEach(cleanup);

/** Draws something for an owner who is signed in; its words are the keys of the catalogues. */
export function draw(drawn: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(sessionQuery.queryKey, OWNER as Who);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
  return { client, ...render(drawn, { wrapper }) };
}
