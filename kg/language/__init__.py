"""The Vietnamese language, without knowledge of any domain."""
