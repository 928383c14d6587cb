import {
  IconCalendar,
  IconChartBar,
  IconInbox,
  IconTicket,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { Module } from '@/shared/api/session';

export interface Area {
  name: 'inbox' | 'tickets' | 'calendar' | 'analytics' | 'team';
  to: LinkProps['to'];
  icon: Icon;
  /** Who may not even view this module does not see the area. */
  module: Module;
  /** What leads there from the keyboard. */
  keys: string;
}

/** The areas in the order of the navigation; a feature adds its own line. */
export const AREAS: readonly Area[] = [
  { name: 'inbox', to: '/inbox', icon: IconInbox, module: 'inbox', keys: 'g i' },
  { name: 'tickets', to: '/tickets', icon: IconTicket, module: 'tickets', keys: 'g t' },
  { name: 'calendar', to: '/calendar', icon: IconCalendar, module: 'publishing', keys: 'g c' },
  {
    name: 'analytics',
    to: '/analytics',
    icon: IconChartBar,
    module: 'analytics',
    keys: 'g n',
  },
  { name: 'team', to: '/team', icon: IconUsers, module: 'directory', keys: 'g m' },
];
