"""Plans and publishes content: campaigns, posts, approval, the calendar."""
