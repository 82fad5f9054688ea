"""Several processes on one training: how they start, what they send, and how long a step takes."""
