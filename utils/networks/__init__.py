"""The networks of the chapters on convolution: full-size ones, and small ones to train at once."""
