"""Everything customers write: deliveries, conversations, replies, moderation."""
