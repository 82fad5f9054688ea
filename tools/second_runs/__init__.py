"""Readers run a cell again and move a demo before the next one: no cell of a page may mind.

Nor may a page mind a clock that leaps: on a busy machine a measured time says nothing. So each
cell that passed nbval runs a second time, with blank pictures and such a clock; then the demos
that it made are moved. :mod:`.asked` has a page's kernel do that, by :mod:`.in_kernel`.
"""
