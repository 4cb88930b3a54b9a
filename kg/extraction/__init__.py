"""From sentences to mentions, and from mentions to relations."""
