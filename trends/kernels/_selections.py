"""The k-th smallest of many, without sorting them."""

from trends.kernels._rowwise import Row

__all__ = ["highest_of", "select"]


def select(items: Row, low: int, high: int, k: int) -> float:
    """Value that sorting ``items[low:high]`` would put at `k`; items are moved around it.

    Before `k` none is higher, after `k` none is lower. Hoare's selection (1961) with Lomuto's
    partition, whose loop has no branch: on slopes it took half the time of Hoare's two pointers.
    """
    while high - low > 1:
        a, b, c = items[low], items[(low + high) // 2], items[high - 1]
        pivot = max(min(a, b), min(max(a, b), c))
        edge = low
        for i in range(low, high):  # those below the pivot
            item = items[i]
            items[i] = items[edge]
            items[edge] = item
            edge += item < pivot
        if k < edge:
            high = edge
            continue
        low = edge
        for i in range(low, high):  # those equal to it
            item = items[i]
            items[i] = items[edge]
            items[edge] = item
            edge += item <= pivot
        if k < edge:
            break
        low = edge
    return float(items[k])


def highest_of(items: Row, low: int, high: int) -> float:
    """Highest of ``items[low:high]``, of which there is one at least."""
    highest = items[low]
    for i in range(low + 1, high):
        highest = max(highest, items[i])
    return float(highest)
