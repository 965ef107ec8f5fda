"""The posts of the Ukrainian air force, read by rules into figures traced to their words."""

from trends.posts.reports import Figure, Post, explain, read_post

__all__ = ["Figure", "Post", "explain", "read_post"]
