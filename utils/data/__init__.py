"""Data for the pages: embedded sets, real sets fetched once, minibatches."""
