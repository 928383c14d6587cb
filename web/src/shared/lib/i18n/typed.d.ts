import 'i18next';
import type analytics from '@/features/analytics/strings/en.json';
import type inbox from '@/features/inbox/strings/en.json';
import type scheduler from '@/features/scheduler/strings/en.json';
import type teamDirectory from '@/features/team_directory/strings/en.json';
import type ticketing from '@/features/ticketing/strings/en.json';
import type conversation from '@/shared/conversation/strings/en.json';
import type common from './strings/en.json';

// A key that no catalogue has does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      conversation: typeof conversation;
      inbox: typeof inbox;
      ticketing: typeof ticketing;
      scheduler: typeof scheduler;
      analytics: typeof analytics;
      team_directory: typeof teamDirectory;
    };
  }
}
