import type { components } from '@/shared/api/schema';

export type Conversation = components['schemas']['ConversationView'];
export type Kind = components['schemas']['InteractionKind'];
