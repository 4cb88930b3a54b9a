"""Watching a folder: articles that arrive, change, move or go are taken into a store or out of it."""
