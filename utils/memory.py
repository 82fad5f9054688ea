"""Memory that a training gives back and asks for again, thousands of pages a step."""

import ctypes
import functools
import platform

# Parameters of glibc's mallopt and the values they get here; see ``man mallopt``.
MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
LARGEST_BLOCK = 32 << 20  # bytes; glibc takes no more for this threshold
LARGEST_REST = 1 << 30  # bytes that stay with the process, free, at the end of its heap


@functools.cache  # one call counts for the whole process
def keep_freed_memory() -> bool:
    """Tell the C library to keep memory that is freed, for the rest of the process.

    Each step of a training frees its activations and needs the same amount
    again. As installed, glibc hands large blocks back to the kernel at once; the
    next step then waits while the kernel clears every page of them anew. Only
    glibc on Linux has this switch; elsewhere nothing happens. Memory that is
    kept is not lost: the same process uses it again, up to a GiB at a time.

    Returns:
        Whether memory is kept now.

    Source: ``man 3 mallopt`` of the Linux man-pages project.
    """
    if platform.system() != "Linux" or platform.libc_ver()[0] != "glibc":
        return False
    mallopt = ctypes.CDLL(None).mallopt
    # In this order: a block above the first threshold never comes to the second one.
    return bool(mallopt(MMAP_THRESHOLD, LARGEST_BLOCK) and mallopt(TRIM_THRESHOLD, LARGEST_REST))
