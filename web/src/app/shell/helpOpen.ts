import { Store } from '@/shared/lib/store';

export const helpOpen = new Store(false);
