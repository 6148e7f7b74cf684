"""Model values as Rich renderables. Nothing here prints, and every typed word is cleaned."""
