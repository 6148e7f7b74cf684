"""Whatever touches a terminal: prompts, lists, the editor, the pager, the consoles."""
