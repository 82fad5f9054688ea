"""Data for the pages: embedded sets, scenes drawn from them, real sets fetched once, minibatches."""
