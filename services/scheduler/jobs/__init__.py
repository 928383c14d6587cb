"""What scheduler does without being asked: publishing, checking, watching."""
