import { useState, type DragEvent } from 'react';

const TYPE = 'application/x-parley-post';

/** What makes an element carry a post. */
export function dragged(post: string, movable: boolean) {
  return {
    draggable: movable,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(TYPE, post);
      event.dataTransfer.effectAllowed = 'move';
    },
  };
}

/** What makes an element a place to drop posts on; `data-over` while one is above it. */
export function useDropPlace(drop: (post: string) => void) {
  const [over, setOver] = useState(false);
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(TYPE)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      drop(event.dataTransfer.getData(TYPE));
    },
  };
}
