import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Bell } from '@/features/team_directory/components/Bell';
import { useSession } from '@/shared/api/session';
import { useKeyboard } from '@/shared/lib/commands';
import { useLive } from '@/shared/lib/live';
import { Loading } from '@/shared/ui/States';
import { liveRules } from '../live';
import { AccountMenu } from './AccountMenu';
import { helpOpen } from './helpOpen';
import { Navigation } from './Navigation';
import { PaletteButton } from './PaletteButton';
import classes from './Shell.module.css';
import { StreamBanner } from './StreamBanner';
import { useGeneralCommands } from './useGeneralCommands';
import { useTeamCommands } from './useTeamCommands';
import { WorkspaceSwitcher } from './WorkspaceSwitcher';

// It comes after what is seen first.
const Palette = lazy(async () => {
  const { Palette: component } = await import('./Palette');
  return { default: component };
});

const KeyboardHelp = lazy(async () => {
  const { KeyboardHelp: component } = await import('./KeyboardHelp');
  return { default: component };
});

/** Loaded when somebody asks for it. */
function Help() {
  const opened = useSyncExternalStore(helpOpen.subscribe, helpOpen.get);
  if (!opened) return null;
  return (
    <Suspense>
      <KeyboardHelp />
    </Suspense>
  );
}

/** The frame around every page: areas, tools, the live stream, the keyboard. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  useLive(session.who.workspace_id, liveRules);
  useKeyboard();
  useGeneralCommands();
  useTeamCommands();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('skipToContent')}
      </a>
      <header className={classes.head}>
        <WorkspaceSwitcher />
      </header>
      <Navigation className={classes.nav} />
      <section className={classes.tools} aria-label={t('tools')}>
        <Bell />
        <PaletteButton />
        <AccountMenu />
      </section>
      <main id="content" className={classes.main} tabIndex={-1}>
        <StreamBanner />
        <div className={classes.page}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      <Suspense>
        <Palette />
      </Suspense>
      <Help />
    </div>
  );
}
