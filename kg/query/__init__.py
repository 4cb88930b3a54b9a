"""The questions over the store, and the guard at the door for questions of strangers."""
