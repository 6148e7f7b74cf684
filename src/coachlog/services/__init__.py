"""What coachlog does, one use case a module: each asks through a port and prints nothing."""
