import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/client';

const REPEAT_MILLISECONDS = 12_000;
const TYPING_MILLISECONDS = 6_000;

type State = 'viewing' | 'typing' | 'left';

/** Best effort: whoever does not hear it forgets us after half a minute. */
function say(conversation_id: string, state: State): void {
  const body = { conversation_id, state };
  api.POST('/api/v1/presence', { body, keepalive: true }).catch(() => undefined);
}

/** Tells colleagues that one looks at a conversation, and types there when the result is called. */
export function useSignalPresence(conversationId: string): () => void {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const speak = () => {
      if (document.visibilityState === 'visible')
        say(conversationId, typing ? 'typing' : 'viewing');
    };
    speak();
    const repeat = setInterval(speak, REPEAT_MILLISECONDS);
    document.addEventListener('visibilitychange', speak);
    return () => {
      clearInterval(repeat);
      document.removeEventListener('visibilitychange', speak);
    };
  }, [conversationId, typing]);
  useEffect(() => () => say(conversationId, 'left'), [conversationId]);
  return useCallback(() => {
    setTyping(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTyping(false), TYPING_MILLISECONDS);
  }, []);
}
