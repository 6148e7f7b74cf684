"""What `doctor` looks at, by what it is about; each check yields what it found."""
