"""Model values in words, the same for screens, pages and prompts; without Rich."""
