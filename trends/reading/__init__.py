"""Read a sentence into typed claims."""

from trends.reading.readings import ReadClaim, Reading, Unread, read_claim

__all__ = ["ReadClaim", "Reading", "Unread", "read_claim"]
