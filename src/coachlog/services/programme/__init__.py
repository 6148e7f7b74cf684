"""What members and holders of a programme do, one use case per module."""
