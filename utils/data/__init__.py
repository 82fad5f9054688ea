"""Data for the pages: embedded sets, scenes made of them, real sets fetched once, minibatches."""
